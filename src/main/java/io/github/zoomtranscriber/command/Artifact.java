package io.github.zoomtranscriber.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Maven knows a jar by. */
record Artifact(String group, String name, String version) {

    private static final String WORD = "([A-Za-z0-9_][A-Za-z0-9_.-]*)";
    private static final Pattern COMPONENT = Pattern.compile("camel-[a-z0-9-]+");
    private static final Pattern FULL = Pattern.compile(WORD + ":" + WORD + ":" + WORD);

    /**
     * As a user names it.
     *
     * @param camel the version of what has only a component's name
     * @throws UsageException if it is neither
     */
    static Artifact named(String text, String camel) {
        Matcher full = FULL.matcher(text);
        if (full.matches()) {
            return new Artifact(full.group(1), full.group(2), full.group(3));
        }
        if (COMPONENT.matcher(text).matches()) {
            return new Artifact("org.apache.camel", text, camel);
        }
        throw new UsageException(
                text + ": expected a component's artifact, such as camel-ftp, or GROUP:ARTIFACT:VERSION");
    }

    @Override
    public String toString() {
        return group + ":" + name + ":" + version;
    }
}
