package io.github.zoomtranscriber.transcript;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a transcript can be written as: the values of {@code output.formats}. */
public enum Format {
    /** Markdown: front matter, then what was said, by speaker, with times. */
    MD(MarkdownFormat::write),
    /** The words, wrapped for reading. */
    TXT(TextFormat::write),
    /** SubRip captions. */
    SRT(CaptionFormats::writeSubRip),
    /** WebVTT captions, with speakers. */
    VTT(CaptionFormats::writeWebVtt),
    /** One page that needs nothing else. */
    HTML(HtmlFormat::write),
    /** The kept JSON itself. */
    JSON(JsonFormat::write);

    private interface Body {
        void write(Transcript transcript, Appendable out) throws IOException;
    }

    private final Body body;

    Format(Body body) {
        this.body = body;
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
