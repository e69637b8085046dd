package io.github.zoomtranscriber.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads what options come from: the defaults in the program's jar, a user's file, a file with one secret. */
final class OptionSource {
    private static final String DEFAULTS = "/zoom-transcriber/application.properties";

    private OptionSource() {
    }

    static Map<String, String> defaults() {
        try (InputStream stream = OptionSource.class.getResourceAsStream(DEFAULTS);
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException in words for the user if the file cannot be read */
    static Map<String, String> file(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return read(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": expected a file in UTF-8");
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": expected a file that can be read");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": a \\u in it is no character; in a path write / or \\\\");
        }
    }

    /**
     * The text of a file that holds nothing but a secret, without blanks around it.
     *
     * @throws IllegalArgumentException with what is expected if there is none
     */
    static String secret(String file) {
        String expected = "a file that can be read and holds the secret at " + OptionText.shown(file);
        try {
            String text = Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
            Option.require(!text.isEmpty(), expected);
            return text;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(expected);
        }
    }

    private static Map<String, String> read(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> values = new TreeMap<>();
        properties.forEach((name, value) -> values.put((String) name, (String) value));
        return values;
    }
}
