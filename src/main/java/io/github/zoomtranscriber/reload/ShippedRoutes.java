package io.github.zoomtranscriber.reload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The routes as shipped. The program's jar contains a copy of them. */
public final class ShippedRoutes {

    /** The names of all files, without {@code .camel.yaml}. */
    static final Set<String> NAMES = Set.of(
            "after-delivery",
            "assemblyai",
            "calls",
            "deliver",
            "discover",
            "errors",
            "from-broker",
            "keep",
            "resume",
            "status",
            "transcribe",
            "webhooks",
            "zoom-files");

    private static final String FOLDER = "/zoom-transcriber/routes/";
    private static final String SUFFIX = ".camel.yaml";

    private ShippedRoutes() {}

    /**
     * Whether a folder contains exactly these files, unchanged.
     *
     * @param files the text of each file by its path
     */
    public static boolean are(Map<String, String> files) {
        Set<String> names = new TreeSet<>();
        files.forEach((path, text) -> {
            String name = Path.of(path).getFileName().toString();
            if (name.endsWith(SUFFIX) && text.equals(text(name))) {
                names.add(name.substring(0, name.length() - SUFFIX.length()));
            }
        });
        return names.equals(NAMES) && files.size() == NAMES.size();
    }

    /**
     * Writes them into a folder, which is made where it is missing.
     *
     * @return the folder
     */
    public static Path copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : NAMES) {
            Files.writeString(folder.resolve(name + SUFFIX), text(name + SUFFIX));
        }
        return folder;
    }

    private static String text(String name) {
        try (InputStream file = ShippedRoutes.class.getResourceAsStream(FOLDER + name)) {
            return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
