package io.github.zoomtranscriber.transcript;

import java.io.IOException;

/** Captions as players take them. */
final class CaptionFormats {

    private CaptionFormats() {}

    static void writeSubRip(Transcript transcript, Appendable out) throws IOException {
        int number = 0;
        for (Caption caption : Captions.of(transcript, true)) {
            out.append(Integer.toString(++number)).append('\n');
            out.append(Times.exact(caption.start(), ','))
                    .append(" --> ")
                    .append(Times.exact(caption.end(), ','))
                    .append('\n');
            for (String line : caption.lines()) {
                out.append(withoutTags(line)).append('\n');
            }
            out.append('\n');
        }
    }

    /** @see <a href="https://www.w3.org/TR/webvtt1/">WebVTT</a> */
    static void writeWebVtt(Transcript transcript, Appendable out) throws IOException {
        out.append("WEBVTT\n\nNOTE\n").append(note(transcript.title())).append('\n');
        String when = Times.when(transcript.meeting());
        if (!when.isEmpty()) {
            out.append(when).append('\n');
        }
        for (String note : transcript.notes()) {
            out.append(note(note)).append('\n');
        }
        if (transcript.isSpeechless()) {
            out.append(Transcript.NO_SPEECH).append('\n');
        }
        for (Caption caption : Captions.of(transcript, false)) {
            out.append('\n')
                    .append(Times.exact(caption.start(), '.'))
                    .append(" --> ")
                    .append(Times.exact(caption.end(), '.'))
                    .append('\n');
            if (caption.speaker() != null) {
                out.append("<v ").append(escaped(caption.speaker().name())).append('>');
            }
            for (String line : caption.lines()) {
                out.append(escaped(line)).append('\n');
            }
        }
    }

    private static String note(String text) {
        return text.replace("-->", "\u2192");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** SubRip knows no escapes, and players take angle brackets for tags and braces for commands. */
    private static String withoutTags(String text) {
        return text.replace('<', '\u2039')
                .replace('>', '\u203A')
                .replace('{', '(')
                .replace('}', ')');
    }
}
