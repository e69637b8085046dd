package io.github.zoomtranscriber.options;

import java.util.List;

/** Everything that is wrong with the configuration, so that it can be fixed in one go. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** @param problems one line each, without secrets */
    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line for each wrong option: its name, its value unless secret, its source, and what is expected. */
    public List<String> problems() {
        return problems;
    }
}
