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

/** {@code %withoutSecrets{pattern}} in a pattern of log4j's: what the pattern gives, without tokens and keys, whoever logged it. */
@Plugin(name = "withoutSecrets", category = PatternConverter.CATEGORY)
@ConverterKeys("withoutSecrets")
public final class WithoutSecretsConverter extends LogEventPatternConverter {

    private final List<PatternFormatter> formatters;

    private WithoutSecretsConverter(List<PatternFormatter> formatters) {
        super("withoutSecrets", null);
        this.formatters = formatters;
    }

    /**
     * Called by log4j.
     *
     * @param options the pattern
     */
    public static WithoutSecretsConverter newInstance(Configuration configuration, String[] options) {
        return new WithoutSecretsConverter(PatternLayout.createPatternParser(configuration).parse(options[0]));
    }

    /** Else log4j would add the exception once more, as it is. */
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
