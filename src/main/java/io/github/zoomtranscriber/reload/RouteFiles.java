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

/** How route files are told from other files, read, and handed to Camel. */
final class RouteFiles {

    private static final String YAML = ".camel.yaml";
    private static final String JAVA = ".java";
    private static final String SCHEME = "file:";
    /** What concerns the routes of its own file only. All else, beans and routeConfigurations above all, other files may have built in. */
    private static final Set<String> OF_ONE_FILE = Set.of("route", "from", "rest", "onException", "on-exception", "onCompletion", "on-completion",
            "errorHandler", "error-handler", "intercept", "interceptFrom", "intercept-from", "interceptSendToEndpoint", "intercept-send-to-endpoint");

    /** As {@link #OF_ONE_FILE}, of Java, where all else is taken to be of one file. */
    private static final Pattern SHARED_JAVA = Pattern.compile("BindToRegistry|[.\\s]bind\\(|[rR]outeConfiguration|[rR]outeTemplate|templateBean");

    private RouteFiles() {
    }

    /**
     * Reads a folder's route files, leaving out what editors leave beside them: hidden, locked, temporary and back-up files.
     *
     * @return the text of each file by its path, as {@code routes/deliver.camel.yaml}
     * @throws IOException if the folder or a file in it cannot be read
     */
    static SortedMap<String, String> read(Path folder) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, RouteFiles::isRouteFile)) {
            for (Path file : files) {
                // decoded leniently: what is no UTF-8 is found by the check, which can name the line
                texts.put(file.toString().replace('\\', '/'), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private static boolean isRouteFile(Path file) {
        return isRouteFileName(file) && Files.isRegularFile(file);
    }

    private static boolean isRouteFileName(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(YAML) || isJava(name)) && !name.startsWith(".") && !name.startsWith("#") && !name.startsWith("~");
    }

    /**
     * What tells that a file was touched, without a look into it.
     *
     * @param key the file system's own number of the file, if it has one
     */
    record Stamp(FileTime modified, long size, Object key) {
    }

    /**
     * The stamps of the files that {@link #read} reads, and of folders with such names.
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
            return new Stamp(FileTime.fromMillis(0), 0, null); // gone meanwhile, or a link to nowhere
        }
    }

    static boolean isJava(String path) {
        return path.endsWith(JAVA);
    }

    /**
     * Turns texts into builders of Camel's, as Camel's own loaders do: beans of all files are made before the first route is, and all Java is compiled
     * as one, so that a class may use another file's.
     *
     * @return the builders, none for a file of Java without routes; {@link #path} says of which file each is
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

    /** Asked for by the suffix: by a name like v1.2.camel.yaml Camel finds no loader. */
    private static RoutesBuilderLoader loader(CamelContext context, String suffix) throws Exception {
        return PluginHelper.getRoutesLoader(context).getRoutesLoader(suffix.substring(1));
    }

    /** Whether this Java can compile: a JDK can, and a runtime image only with that module in it. */
    static boolean canCompile() {
        return ModuleLayer.boot().findModule("jdk.compiler").isPresent();
    }

    /** The path of the file that something in Camel's model was read from, or null where it was not read by {@link #builders}. */
    static String path(ResourceAware definition) {
        Resource resource = definition.getResource();
        return resource != null && resource.getLocation().startsWith(SCHEME) ? resource.getLocation().substring(SCHEME.length()) : null;
    }

    /** The text of the file that something in Camel's model was read from. */
    static String text(ResourceAware definition) {
        try (InputStream text = definition.getResource().getInputStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it came from a text in memory
        }
    }

    /** Whether a text that is YAML is a list, as Camel silently finds nothing in all else. */
    static boolean isList(String text) {
        return document(text) instanceof List<?>;
    }

    /** Whether a file that passed the check holds something that routes of other files may use. */
    static boolean isShared(String path, String text) {
        if (isJava(path)) {
            return SHARED_JAVA.matcher(text).find();
        }
        return !(document(text) instanceof List<?> items)
                || !items.stream().allMatch(item -> item instanceof Map<?, ?> keys && OF_ONE_FILE.containsAll(keys.keySet()));
    }

    private static Object document(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text.replace("\uFEFF", ""));
    }
}
