package io.github.zoomtranscriber.transcript;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a transcript can be written as: the values of {@code output.formats}. */
public enum Format {
    /** Markdown: front matter, then what was said, by speaker, with times. */
    MD("text/markdown", MarkdownFormat::write),
    /** The words, wrapped for reading. */
    TXT("text/plain", TextFormat::write),
    /** SubRip captions. */
    SRT("application/x-subrip", CaptionFormats::writeSubRip),
    /** WebVTT captions, with speakers. */
    VTT("text/vtt", CaptionFormats::writeWebVtt),
    /** One page that needs nothing else. */
    HTML("text/html", HtmlFormat::write),
    /** The kept JSON itself. */
    JSON("application/json", JsonFormat::write);

    private interface Body {
        void write(Transcript transcript, Appendable out) throws IOException;
    }

    private final String mediaType;
    private final Body body;

    Format(String mediaType, Body body) {
        this.mediaType = mediaType;
        this.body = body;
    }

    /** @return the media type of what a file of this name holds, all of it UTF-8; {@code text/plain} for all others */
    public static String mediaType(String fileName) {
        return Arrays.stream(values())
                .filter(format -> fileName.endsWith("." + format.extension()))
                .map(format -> format.mediaType)
                .findFirst()
                .orElse(TXT.mediaType);
    }

    /** @return the end of a file's name, without a dot */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param text an extension, in any case
     * @throws IllegalArgumentException if there is no such format; its message names all
     */
    public static Format of(String text) {
        for (Format format : values()) {
            if (format.extension().equalsIgnoreCase(text.strip())) {
                return format;
            }
        }
        throw new IllegalArgumentException("there is no format '" + Text.line(text) + "', only: "
                + Arrays.stream(values()).map(Format::extension).collect(Collectors.joining(", ")));
    }

    /**
     * Writes the transcript piece by piece, the same for the same transcript, with {@code \n} at the end of each line.
     *
     * @throws IOException if {@code out} throws it
     */
    public void write(Transcript transcript, Appendable out) throws IOException {
        body.write(transcript, out);
    }
}
