package io.github.zoomtranscriber.work;

/**
 * A text that Zoom itself makes beside a recording, such as its chat.
 *
 * @param name Zoom's {@code recording_type}; {@code timeline} where it gives none
 * @param extension of its file, without a dot
 * @param downloadUrl where to fetch it; null once its text is here
 * @param text null until it is fetched
 */
public record ZoomFile(String name, String extension, String downloadUrl, String text) {

    /** For a log: neither the address nor what was said. */
    @Override
    public String toString() {
        return name;
    }
}
