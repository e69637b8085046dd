package io.github.zoomtranscriber.assemblyai;

import java.util.Locale;

/**
 * What the {@code error} of a transcript means. Its words vary, so they are matched loosely. None of these is charged.
 */
public enum Outcome {
    /** AssemblyAI could not fetch the audio, or fetched a login page: a fresh address may help. */
    DOWNLOAD_FAILED,
    /** There is nothing to hear: not a failure. */
    NO_SPEECH,
    /** AssemblyAI's own trouble. */
    SERVER_ERROR,
    /** Another try would end the same way. */
    FINAL;

    /** @param error AssemblyAI's text */
    public static Outcome of(String error) {
        String text = error == null ? "" : error.toLowerCase(Locale.ROOT);
        if (text.contains("no spoken audio") || text.contains("no speech")) {
            return NO_SPEECH;
        }
        if (text.contains("download error")
                || text.contains("unable to download")
                || text.contains("unable to access file")
                || text.contains("does not appear to contain audio") && text.contains("text/html")) {
            return DOWNLOAD_FAILED;
        }
        if (text.contains("server error")) {
            return SERVER_ERROR;
        }
        return FINAL;
    }
}
