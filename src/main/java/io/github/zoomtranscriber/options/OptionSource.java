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

/** Reads the sources of options: the defaults in the program's jar, a user's file, a file that holds one secret. */
final class OptionSource {
    private static final String DEFAULTS = "/zoom-transcriber/application.properties";

    private OptionSource() {}

    static Map<String, String> defaults() {
        try (InputStream stream = OptionSource.class.getResourceAsStream(DEFAULTS);
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException with a message for the user if the file cannot be read */
    static Map<String, String> file(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return read(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": expected a UTF-8 file");
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": expected a readable file");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": contains an invalid \\u escape; in paths write / or \\\\");
        }
    }

    /**
     * The trimmed text of a file that holds nothing but a secret.
     *
     * @throws IllegalArgumentException with what is expected if the file is missing, unreadable or empty
     */
    static String secret(String file) {
        String expected = "a readable file that holds the secret at " + OptionText.shown(file);
        try {
            String text =
                    Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
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
