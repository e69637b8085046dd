package io.github.zoomtranscriber.options;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Resolves Camel's placeholders in our options: <code>{{env:HOME}}</code>, <code>{{other.option}}</code>, or any
 * function that a vault's jar in {@code lib/} provides. Camel resolves them in routes; beans get their values before
 * there is a Camel context.
 */
final class OptionPlaceholders {
    private static final Pattern OTHER = Pattern.compile("\\{\\{([\\w.-]+)}}");

    private final Map<String, String> values;

    /** @param values the options that a placeholder may name */
    OptionPlaceholders(Map<String, String> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException with what is expected if a placeholder is not defined */
    String resolve(Option option, String text) {
        // JSON has braces of its own, and is sent to AssemblyAI unchanged
        if (!text.contains("{{") || option.name().equals("assemblyai.options")) {
            return text;
        }
        // Camel 4.18.0 takes "{{env:HOME" for a whole placeholder, and "{{a:b" for b
        if (text.lastIndexOf("{{") > text.lastIndexOf("}}")) {
            throw new IllegalArgumentException("every {{ in it to be closed by }}");
        }
        Matcher other = OTHER.matcher(text);
        if (other.matches()
                && values.containsKey(other.group(1))
                && !values.get(other.group(1)).contains("{{")) {
            return values.get(other.group(1)).strip(); // the usual case, which needs no Camel context
        }
        Properties properties = new Properties();
        properties.putAll(values);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PropertiesComponent component = (PropertiesComponent) context.getPropertiesComponent();
            component.setInitialProperties(properties);
            // the environment has been read already
            component.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            component.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
            return context.resolvePropertyPlaceholders(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("every {{...}} in it to be defined");
        }
    }
}
