package io.github.zoomtranscriber.work;

import java.util.Locale;

/** The ways by which AssemblyAI gets the audio of a recording. */
public enum HandOff {
    /**
     * The {@code download_url} with a token in its query: never documented for more than a while, and still seen
     * working.
     */
    TOKEN,
    /** The signed address that Zoom redirects a download to: it opens one file, and no token of ours is in it. */
    LINK,
    /** Through this program, by all that Zoom documents today. */
    UPLOAD;

    /** As options and the ledger spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
