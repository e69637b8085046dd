package io.github.zoomtranscriber.reload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;

/** Says which jar contains a component, language or data format of Camel that a route needs and that is missing. */
final class Missing {

    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9.+-]*):.*", Pattern.DOTALL);
    private static final Pattern DATA_FORMAT = Pattern.compile("Data format '([^']+)' could not be created");

    private Missing() {}

    /**
     * What is missing and which jar contains it; empty if something else was thrown. Of a URI only the scheme is shown.
     */
    static Optional<String> of(Throwable thrown) {
        if (thrown instanceof NoSuchEndpointException missing) {
            return Optional.of(component(missing.getUri()));
        }
        if (thrown instanceof ResolveEndpointFailedException failed
                && text(failed).contains("No component found with scheme")) {
            return Optional.of(component(failed.getUri()));
        }
        if (thrown instanceof NoSuchLanguageException missing) {
            return Optional.of(say("language", missing.getLanguage(), catalog().languageModel(missing.getLanguage())));
        }
        Matcher format = DATA_FORMAT.matcher(text(thrown));
        return format.find()
                ? Optional.of(say("data format", format.group(1), catalog().dataFormatModel(format.group(1))))
                : Optional.empty();
    }

    private static String text(Throwable thrown) {
        return thrown.getMessage() == null ? "" : thrown.getMessage();
    }

    private static String component(String uri) {
        Matcher scheme = SCHEME.matcher(uri);
        return scheme.matches()
                ? say("component", scheme.group(1), catalog().componentModel(scheme.group(1)))
                : "an endpoint starts with a component name and a colon, such as file:out";
    }

    private static String say(String kind, String name, ArtifactModel<?> known) {
        return known == null
                ? "unknown " + kind + " '" + name + "'"
                : kind + " '" + name + "' is not in lib/: zoom-transcriber add " + known.getArtifactId()
                        + " brings it (" + known.getGroupId() + ":" + known.getArtifactId() + ":"
                        + known.getVersion() + ")";
    }

    private static CamelCatalog catalog() {
        return new DefaultCamelCatalog();
    }
}
