package io.github.zoomtranscriber.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ExtendedRoutesBuilderLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceAware;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Finds route files, reads them, and hands them to Camel. */
final class RouteFiles {

    private static final String YAML = ".camel.yaml";
    private static final String JAVA = ".java";
    private static final String SCHEME = "file:";
    /**
     * Entries that affect only the routes in their own file. Others, such as beans and routeConfigurations, may be
     * built into any route.
     */
    private static final Set<String> OF_ONE_FILE = Set.of(
            "route",
            "from",
            "rest",
            "onException",
            "on-exception",
            "onCompletion",
            "on-completion",
            "errorHandler",
            "error-handler",
            "intercept",
            "interceptFrom",
            "intercept-from",
            "interceptSendToEndpoint",
            "intercept-send-to-endpoint");

    /** What in a Java file may be built into other files' routes. */
    private static final Pattern SHARED_JAVA =
            Pattern.compile("BindToRegistry|[.\\s]bind\\(|[rR]outeConfiguration|[rR]outeTemplate|templateBean");

    private RouteFiles() {}

    /**
     * Reads the route files in a folder, except for what editors leave beside them: hidden, lock, temporary and backup
     * files.
     *
     * @return the text of each file by its path, as {@code routes/deliver.camel.yaml}
     * @throws IOException if the folder or a file in it cannot be read
     */
    static SortedMap<String, String> read(Path folder) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, RouteFiles::isRouteFile)) {
            for (Path file : files) {
                // decoded leniently: the check finds what is not UTF-8, and can name the line
                texts.put(
                        file.toString().replace('\\', '/'),
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private static boolean isRouteFile(Path file) {
        return isRouteFileName(file) && Files.isRegularFile(file);
    }

    private static boolean isRouteFileName(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(YAML) || isJava(name))
                && !name.startsWith(".")
                && !name.startsWith("#")
                && !name.startsWith("~");
    }

    /**
     * Shows whether a file was touched, without reading it.
     *
     * @param key the file system's id of the file, if it has one
     */
    record Stamp(FileTime modified, long size, Object key) {}

    /**
     * The stamps of the files that {@link #read} reads, and of folders with matching names.
     *
     * @throws IOException as {@link #read}
     */
    static Map<Path, Stamp> stamps(Path folder) throws IOException {
        Map<Path, Stamp> stamps = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, RouteFiles::isRouteFileName)) {
            for (Path file : files) {
                stamps.put(file, stamp(file));
            }
        }
        return stamps;
    }

    private static Stamp stamp(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
        } catch (NoSuchFileException e) {
            return new Stamp(FileTime.fromMillis(0), 0, null); // deleted meanwhile, or a dangling link
        }
    }

    static boolean isJava(String path) {
        return path.endsWith(JAVA);
    }

    /**
     * Turns texts into route builders, as Camel's own loaders do: the beans of all files are made before the first
     * route, and all Java files are compiled together, so that they can use each other's classes.
     *
     * @return the builders, none for a Java file without routes; {@link #path} tells the file of each
     */
    static List<RouteBuilder> builders(CamelContext context, Map<String, String> texts) throws Exception {
        List<Resource> yaml = new ArrayList<>();
        List<Resource> java = new ArrayList<>();
        texts.forEach((path, text) -> (isJava(path) ? java : yaml).add(ResourceHelper.fromString(SCHEME + path, text)));
        List<RouteBuilder> builders = new ArrayList<>();
        if (!java.isEmpty()) {
            ExtendedRoutesBuilderLoader compiler = (ExtendedRoutesBuilderLoader) loader(context, JAVA);
            compiler.preParseRoutes(java);
            compiler.loadRoutesBuilders(java).forEach(builder -> builders.add((RouteBuilder) builder));
        }
        if (!yaml.isEmpty()) {
            RoutesBuilderLoader loader = loader(context, YAML);
            for (Resource resource : yaml) {
                loader.preParseRoute(resource);
            }
            for (Resource resource : yaml) {
                builders.add((RouteBuilder) loader.loadRoutesBuilder(resource));
            }
        }
        return builders;
    }

    /** Looked up by the suffix, because Camel finds no loader for a name such as v1.2.camel.yaml. */
    private static RoutesBuilderLoader loader(CamelContext context, String suffix) throws Exception {
        return PluginHelper.getRoutesLoader(context).getRoutesLoader(suffix.substring(1));
    }

    /** Whether this JVM can compile Java: a JDK can, a runtime image only with the module jdk.compiler. */
    static boolean canCompile() {
        return ModuleLayer.boot().findModule("jdk.compiler").isPresent();
    }

    /**
     * The path of the file that something in Camel's model was read from; null if {@link #builders} did not read it.
     */
    static String path(ResourceAware definition) {
        Resource resource = definition.getResource();
        return resource != null && resource.getLocation().startsWith(SCHEME)
                ? resource.getLocation().substring(SCHEME.length())
                : null;
    }

    /** The text of the file that something in Camel's model was read from. */
    static String text(ResourceAware definition) {
        try (InputStream text = definition.getResource().getInputStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // cannot happen: it is in memory
        }
    }

    /** Whether a YAML text is a list. In anything else Camel silently finds no routes. */
    static boolean isList(String text) {
        return document(text) instanceof List<?>;
    }

    /** Whether a file that passed the check contains something that routes in other files may use. */
    static boolean isShared(String path, String text) {
        if (isJava(path)) {
            return SHARED_JAVA.matcher(text).find();
        }
        return !(document(text) instanceof List<?> items)
                || !items.stream()
                        .allMatch(item -> item instanceof Map<?, ?> keys && OF_ONE_FILE.containsAll(keys.keySet()));
    }

    private static Object document(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text.replace("\uFEFF", ""));
    }
}
