package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a meeting is called. */
class FileNamesPropertyTest {

    private static final Pattern REFUSED_BY_WINDOWS = Pattern.compile("[<>:\"\\\\|?*\\x00-\\x1f\\x7f-\\x9f]");
    private static final Pattern TURNING = Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u115F\\u1160\\u3164\\uFFA0]");
    private static final Set<String> DEVICES =
            Set.of("con", "prn", "aux", "nul", "com1", "lpt9", "com\u00B2", "conin$", "conout$");

    @Provide
    Arbitrary<String> topics() {
        return Hostile.texts(60);
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(
                "${date}/${topic}",
                "${topic}",
                "${topic}/${topic}/${topic}/${topic}/${topic}/${topic}/${topic}/${topic}",
                "${host}/${date} ${time} ${topic}",
                "${topic} ${recording-id}",
                "Archiv ${type}/${meeting-id}.${topic}",
                "${topic}.");
    }

    private static List<String> candidates(String template, String topic, String id) {
        Documents documents = new Documents().topic(topic).id(id);
        documents.zoom.put("host_email", topic);
        return new FileNames(template, null).candidates(Meeting.read(documents.build()));
    }

    @Property(tries = 1500)
    void everyPartIsSafeEverywhere(@ForAll @From("topics") String topic, @ForAll @From("templates") String template) {
        for (String path : candidates(template, topic, "id-1")) {
            String[] parts = path.split("/", -1);
            assertEquals(template.split("/").length, parts.length, path);
            assertTrue(bytes(path) <= 240 - FileNames.EXTENSION_BYTES, path);
            assertTrue(bytes(parts[parts.length - 1]) <= 200 - FileNames.EXTENSION_BYTES, path);
            for (String part : parts) {
                assertFalse(part.isBlank() || part.matches(".*[. ]") || part.matches("[-. ].*"), part);
                assertFalse(REFUSED_BY_WINDOWS.matcher(part).find(), part);
                assertFalse(TURNING.matcher(part).find(), part);
                assertFalse(part.contains("{"), "no expression may begin in " + part);
                assertFalse(DEVICES.contains(part.split("\\.")[0].strip().toLowerCase(Locale.ROOT)), part);
                assertTrue(bytes(part) <= 200, part);
                assertTrue(Normalizer.isNormalized(part, Normalizer.Form.NFC), part);
                assertEquals(
                        part,
                        new String(part.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
                        "a character was cut");
            }
        }
    }

    @Property(tries = 1500)
    void aNameThatIsSafeStaysAsItIs(@ForAll @From("topics") String topic) {
        String once = SafeName.of(topic, "Meeting");
        assertEquals(once, SafeName.of(once, "Meeting"));
        String cut = SafeName.cut(once, 50);
        assertEquals(cut, SafeName.cut(SafeName.of(cut, "Meeting"), 50));
    }

    @Property(tries = 500)
    void theSameRecordingHasTheSameNamesAndAnotherOneItsOwn(
            @ForAll @From("topics") String topic,
            @ForAll @From("topics") String another,
            @ForAll @From("templates") String template) {
        List<String> names = candidates(template, topic, "id-1");
        assertEquals(names, candidates(template, topic, "id-1"));
        List<String> others = candidates(template, another, "id-2");
        assertNotEquals(
                names.get(names.size() - 1).toLowerCase(Locale.ROOT),
                others.get(others.size() - 1).toLowerCase(Locale.ROOT));
    }

    @Property(tries = 500)
    void lettersOfEveryScriptAreKept(@ForAll @From("topics") String topic) {
        assertEquals(
                letters(INVISIBLE
                        .matcher(topic.substring(0, Math.min(topic.length(), 1000)))
                        .replaceAll("")),
                letters(SafeName.of(topic, "")));
    }

    /** Without their accents, which may find another letter to stand on. */
    private static String letters(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
