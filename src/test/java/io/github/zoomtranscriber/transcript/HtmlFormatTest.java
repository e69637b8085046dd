package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HtmlFormatTest {

    private static final Pattern COLOUR = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6})");

    private static PageParser page(Documents documents) {
        return new PageParser(Documents.write(Format.HTML, documents.read()));
    }

    private static List<String> links(PageParser page, String kind) {
        return page.tags.stream()
                .filter(tag ->
                        tag.name().equals("a") && kind.equals(tag.attributes().get("class")))
                .map(tag -> tag.attributes().get("href"))
                .toList();
    }

    @Test
    void timesLeadToThatMomentInZoomsPlayer() {
        PageParser page = page(new Documents().says("A", 2500, 4000, "Hello."));
        assertEquals(List.of("https://zoom.example/rec/share/a.b"), links(page, "play"));
        assertEquals(List.of("https://zoom.example/rec/share/a.b?startTime=1795507212500"), links(page, "time"));
        assertEquals(
                "2026-11-24T08:00:12.500Z", Instant.ofEpochMilli(1795507212500L).toString());
    }

    @Test
    void aLinkThatHasAQueryKeepsIt() {
        Documents documents = new Documents().says("A", 0, 4000, "Hello.");
        documents.zoom.put("share_url", "https://zoom.example/rec/share/a?pwd=x&y=1#top");
        assertEquals(
                List.of("https://zoom.example/rec/share/a?pwd=x&y=1&startTime=1795507210000"),
                links(page(documents), "time"));
    }

    @Test
    void withoutALinkToTheRecordingTimesAreOnlyTimes() {
        Documents documents = new Documents().says("A", 2500, 4000, "Hello.");
        documents.zoom.put("share_url", "javascript:alert(document.domain)");
        PageParser page = page(documents);
        assertEquals(
                List.of("#transcript"),
                page.tags.stream()
                        .filter(tag -> tag.name().equals("a"))
                        .map(tag -> tag.attributes().get("href"))
                        .toList());
        assertTrue(page.text.toString().contains("00:00:02"));
    }

    @Test
    void theBrowserRunsOnlyOurStyleAndOurScript() throws Exception {
        PageParser page = page(new Documents());
        String policy = page.tags.stream()
                .filter(tag -> "Content-Security-Policy".equals(tag.attributes().get("http-equiv")))
                .findFirst()
                .orElseThrow()
                .attributes()
                .get("content");
        assertEquals(
                "default-src 'none'; style-src " + hash(page.raw.get("style")) + "; script-src "
                        + hash(page.raw.get("script")) + "; base-uri 'none'; form-action 'none'",
                policy);
        assertFalse(page.raw.toString().contains("url("));
    }

    private static String hash(String text) throws Exception {
        return "'sha256-"
                + Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                + "'";
    }

    @Test
    void theTableSaysWhoSpokeHowLongAndHowTheNameWasFound() {
        String text = page(new Documents()
                        .says("A", 0, 30_000, "I speak.")
                        .says("B", 30_000, 40_000, "And I.")
                        .heard("00:00:00", "Ada")
                        .heard("00:00:30"))
                .text
                .toString();
        assertTrue(text.contains("Ada name from Zoom's timeline (100 % agree)30 s75 %"), text);
        assertTrue(text.contains("Speaker B name not known10 s25 %"), text);
    }

    @Test
    void aTurnHasItsSpeakersColourAlsoBeyondTheEighth() {
        Documents documents = new Documents();
        for (int i = 0; i < 10; i++) {
            documents.says(String.valueOf((char) ('A' + i)), i * 1000L, i * 1000L + 900, "Hello.");
        }
        List<String> colours = page(documents).tags.stream()
                .filter(tag -> tag.attributes().getOrDefault("class", "").startsWith("turn "))
                .map(tag -> tag.attributes().get("class"))
                .toList();
        assertEquals("turn s1", colours.get(0));
        assertEquals("turn s8", colours.get(7));
        assertEquals("turn s2", colours.get(9));
    }

    @Test
    void whoTypesHasTheColourOfWhoSpeaks() {
        PageParser page = page(new Documents()
                .says("A", 0, 9000, "I speak.")
                .says("B", 9000, 12_000, "And I.")
                .heard("00:00:00", "Ada")
                .heard("00:00:09", "Jo")
                .chat("00:00:05\tJo:\tHello\n00:00:06\tSomebody else:\tHello"));
        assertEquals(
                List.of("chat s2", "chat s0"),
                page.tags.stream()
                        .map(tag -> tag.attributes().getOrDefault("class", ""))
                        .filter(name -> name.startsWith("chat "))
                        .toList());
    }

    @Test
    void theLanguageIsSaidToTheScreenReader() {
        Documents documents = new Documents().says("A", 0, 1000, "Hallo.");
        documents.assemblyai.put("language_code", "de");
        assertTrue(page(documents).tags.stream()
                .anyMatch(tag -> tag.name().equals("main")
                        && "de".equals(tag.attributes().get("lang"))));
        documents.assemblyai.put("language_code", "\"><script>");
        assertTrue(page(documents).tags.stream()
                .anyMatch(tag -> tag.name().equals("main") && !tag.attributes().containsKey("lang")));
    }

    @Test
    void aLinkInTheChatCanBeClickedAndIsNothingElse() {
        PageParser page = page(new Documents()
                .chat("00:00:01\tJo:\tSee https://example.com/a?b=\"c\"><script>, javascript:alert(1)."));
        assertEquals(
                List.of("https://example.com/a?b="),
                page.tags.stream()
                        .filter(tag -> tag.attributes().getOrDefault("rel", "").contains("nofollow"))
                        .map(tag -> tag.attributes().get("href"))
                        .toList());
    }

    @Test
    void everyColourOfTextCanBeReadInLightInDarkAndOnPaper() {
        String[] themes = page(new Documents()).raw.get("style").split(":root \\{");
        assertEquals(4, themes.length, "light, dark and paper");
        for (int i = 1; i < themes.length; i++) {
            Map<String, Double> light = new TreeMap<>();
            Matcher colours = COLOUR.matcher(themes[i].substring(0, themes[i].indexOf('}')));
            while (colours.find()) {
                light.put(colours.group(1), luminance(Integer.parseInt(colours.group(2), 16)));
            }
            for (String colour :
                    List.of("text", "soft", "link", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")) {
                for (String ground : List.of("page", "card")) {
                    double contrast = contrast(light.get(colour), light.get(ground));
                    assertTrue(contrast >= 4.5, colour + " on " + ground + " in theme " + i + ": " + contrast);
                }
            }
            if (light.containsKey("mark")) {
                assertTrue(contrast(light.get("mark-text"), light.get("mark")) >= 4.5
                        && contrast(light.get("mark-text"), light.get("mark-now")) >= 4.5);
            }
        }
    }

    private static double contrast(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    /** As WCAG 2.2 defines it. */
    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    @Test
    void thePageHasAPlaceForEverythingThatWasAskedFor() {
        Documents documents = new Documents().says("A", 0, 1000, "Hello.").chapter(0, "Beginning", "All begins.");
        documents.assemblyai.put("summary", "In short.");
        PageParser page = page(documents);
        Set<String> ids = page.tags.stream()
                .map(tag -> tag.attributes().getOrDefault("id", ""))
                .collect(Collectors.toSet());
        assertTrue(ids.containsAll(Set.of("chapters", "summary", "speakers", "transcript", "c1")), ids.toString());
        assertTrue(page.text.toString().contains("In short."));
    }
}
