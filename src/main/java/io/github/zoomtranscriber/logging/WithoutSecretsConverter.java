package io.github.zoomtranscriber.logging;

import io.github.zoomtranscriber.http.Clean;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;
import org.apache.logging.log4j.core.pattern.PatternConverter;
import org.apache.logging.log4j.core.pattern.PatternFormatter;

/**
 * {@code %withoutSecrets{pattern}} in a Log4j pattern: removes tokens and keys from the output of the inner pattern,
 * whoever logged them.
 */
@Plugin(name = "withoutSecrets", category = PatternConverter.CATEGORY)
@ConverterKeys("withoutSecrets")
public final class WithoutSecretsConverter extends LogEventPatternConverter {

    private final List<PatternFormatter> formatters;

    private WithoutSecretsConverter(List<PatternFormatter> formatters) {
        super("withoutSecrets", null);
        this.formatters = formatters;
    }

    /**
     * Called by Log4j.
     *
     * @param options the inner pattern
     */
    public static WithoutSecretsConverter newInstance(Configuration configuration, String[] options) {
        return new WithoutSecretsConverter(
                PatternLayout.createPatternParser(configuration).parse(options[0]));
    }

    /** Otherwise Log4j would append the exception once more, unfiltered. */
    @Override
    public boolean handlesThrowable() {
        return formatters.stream().anyMatch(PatternFormatter::handlesThrowable);
    }

    @Override
    public void format(LogEvent event, StringBuilder output) {
        StringBuilder text = new StringBuilder();
        formatters.forEach(formatter -> formatter.format(event, text));
        output.append(Clean.secrets(text.toString()));
    }
}
