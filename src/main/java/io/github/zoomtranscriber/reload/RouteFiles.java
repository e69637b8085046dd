package io.github.zoomtranscriber.reload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceAware;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** How route files are told from other files, read, and handed to Camel. */
final class RouteFiles {

    private static final String SUFFIX = ".camel.yaml";
    private static final String SCHEME = "file:";
    /** What concerns the routes of its own file only. All else, beans and routeConfigurations above all, other files may have built in. */
    private static final Set<String> OF_ONE_FILE = Set.of("route", "from", "rest", "onException", "on-exception", "onCompletion", "on-completion",
            "errorHandler", "error-handler", "intercept", "interceptFrom", "intercept-from", "interceptSendToEndpoint", "intercept-send-to-endpoint");

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
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith(".") && !name.startsWith("#") && !name.startsWith("~") && Files.isRegularFile(file);
    }

    /** Turns texts into builders of Camel's, as Camel's own loader does: beans of all files are made before the first route is. */
    static List<RouteConfigurationBuilder> builders(CamelContext context, Map<String, String> texts) throws Exception {
        // asked for by the suffix: by a name like v1.2.camel.yaml Camel finds no loader
        RoutesBuilderLoader loader = PluginHelper.getRoutesLoader(context).getRoutesLoader(SUFFIX.substring(1));
        List<Resource> resources = texts.entrySet().stream().map(e -> ResourceHelper.fromString(SCHEME + e.getKey(), e.getValue())).toList();
        for (Resource resource : resources) {
            loader.preParseRoute(resource);
        }
        List<RouteConfigurationBuilder> builders = new ArrayList<>();
        for (Resource resource : resources) {
            builders.add((RouteConfigurationBuilder) loader.loadRoutesBuilder(resource));
        }
        return builders;
    }

    /** The path of the file that something in Camel's model was read from, or null where it was not read by {@link #builders}. */
    static String path(ResourceAware definition) {
        Resource resource = definition.getResource();
        return resource != null && resource.getLocation().startsWith(SCHEME) ? resource.getLocation().substring(SCHEME.length()) : null;
    }

    /** Whether a text that is YAML is a list, as Camel silently finds nothing in all else. */
    static boolean isList(String text) {
        return document(text) instanceof List<?>;
    }

    /** Whether a file that passed the check holds something that routes of other files may use. */
    static boolean isShared(String text) {
        return !(document(text) instanceof List<?> items)
                || !items.stream().allMatch(item -> item instanceof Map<?, ?> keys && OF_ONE_FILE.containsAll(keys.keySet()));
    }

    private static Object document(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text.replace("\uFEFF", ""));
    }
}
