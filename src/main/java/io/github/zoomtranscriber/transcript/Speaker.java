package io.github.zoomtranscriber.transcript;

import java.time.Duration;

/**
 * Somebody who is heard.
 *
 * @param number 1 for who is heard first
 * @param label AssemblyAI's: {@code A}, {@code 1A} for a channel's, {@code 1} for a whole channel, or a name
 * @param name what is shown
 * @param source where the name comes from
 * @param clarity how much of what this speaker said falls to the name by Zoom's timeline, 0 to 1; 0 with another source
 * @param spoken how long, in all
 */
public record Speaker(int number, String label, String name, Source source, double clarity, Duration spoken) {

    /** Where a speaker's name comes from. */
    public enum Source {
        /** Zoom's TIMELINE file says that this person was heard when the speaker spoke. */
        TIMELINE,
        /** AssemblyAI's speaker identification, which judges by what is said. */
        ASSEMBLYAI,
        /** No name is known: AssemblyAI's label. */
        LABEL
    }

    /** @return for readers, how the name was found */
    public String origin() {
        return switch (source) {
            case TIMELINE -> "from Zoom's timeline (" + Math.round(clarity * 100) + " % agree)";
            case ASSEMBLYAI -> "from AssemblyAI, by what is said";
            case LABEL -> "not known";
        };
    }
}
