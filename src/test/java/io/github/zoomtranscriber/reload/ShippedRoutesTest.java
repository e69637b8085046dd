package io.github.zoomtranscriber.reload;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShippedRoutesTest {

    private static final String DELIVER = "routes/deliver.camel.yaml";

    private final Map<String, String> files;

    ShippedRoutesTest() throws IOException {
        files = new TreeMap<>(RouteFiles.read(Path.of("routes")));
    }

    @Test
    void theFolderOfTheRoutesIsShippedWhole() {
        assertTrue(ShippedRoutes.are(files), () -> ShippedRoutes.NAMES + " and " + files.keySet());
    }

    @Test
    void oneBlankMoreIsAnEdit() {
        files.merge(DELIVER, " ", String::concat);
        assertFalse(ShippedRoutes.are(files));
    }

    @Test
    void aFileMoreIsAnEdit() {
        files.put("routes/more.camel.yaml", files.get(DELIVER));
        assertFalse(ShippedRoutes.are(files));
    }

    @Test
    void aFileInJavaIsAnEdit() {
        files.put("routes/More.java", "class More { }");
        assertFalse(ShippedRoutes.are(files));
    }

    @Test
    void aFileLessIsAnEdit() {
        files.remove(DELIVER);
        assertFalse(ShippedRoutes.are(files));
    }

    @Test
    void aFileUnderAnotherNameIsAnEdit() {
        files.put("routes/delivery.camel.yaml", files.remove(DELIVER));
        assertFalse(ShippedRoutes.are(files));
    }
}
