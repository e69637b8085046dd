package io.github.zoomtranscriber.program;

import io.github.zoomtranscriber.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for secrets in all that the program has written: the known ones in each encoding, and whatever looks like a
 * token.
 */
final class Secrets {

    // what an alternative begins with is looked at first: there are logs of 50 MB
    private static final Pattern TOKEN = Pattern.compile(
            "(?i)(?=[abse])(?:"
                    + "access_token=[^*\\s]{3}.{0,40}|\\bbearer [a-z0-9]{3}.{0,40}|signature=[^*\\s]{3}.{0,40}|\\b(?-i:eyJ)[a-z0-9_-]{10,}\\.(?-i:eyJ).{0,40})");

    private Secrets() {}

    /** @return where each of them stands, with what stands before it */
    static List<String> in(Path folder) {
        List<String> known = Stream.of(
                        Simulator.ZOOM_CLIENT_SECRET, Simulator.ZOOM_API_SECRET, Simulator.ASSEMBLYAI_KEY)
                .flatMap(Secrets::encodings)
                .distinct()
                .toList();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> {
                        String text = read(file);
                        return Stream.concat(
                                        known.stream()
                                                .filter(text::contains)
                                                .map(Pattern::quote)
                                                .map(Pattern::compile),
                                        Stream.of(TOKEN))
                                .flatMap(pattern -> found(pattern, text))
                                .map(what -> folder.relativize(file) + ": " + what);
                    })
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> encodings(String secret) {
        // in base64, what surrounds the secret shifts it: three ways, less what its neighbours change
        Stream<String> shifted = Stream.of("", "x", "xx")
                .map(before -> Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString((before + secret).getBytes(StandardCharsets.UTF_8)))
                .map(encoded -> encoded.substring(4, encoded.length() - 2));
        return Stream.concat(Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)), shifted);
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().limit(5).map(result -> text.substring(
                        Math.max(0, result.start() - 100), result.end())
                .replace('\n', ' '));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
