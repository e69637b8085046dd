package io.github.zoomtranscriber.transcript;

import java.io.IOException;
import java.util.Locale;

/** The words, wrapped for reading, with the speakers' names where they are known. */
final class TextFormat {

    private static final int WIDTH = 80;

    private TextFormat() {}

    static void write(Transcript transcript, Appendable out) throws IOException {
        wrap(transcript.title(), Locale.ROOT, out);
        wrap(Times.when(transcript.meeting()), Locale.ROOT, out);
        if (transcript.isSpeechless()) {
            out.append('\n').append(Transcript.NO_SPEECH).append('\n');
        }
        for (String note : transcript.notes()) {
            out.append('\n');
            wrap(note, Locale.ROOT, out);
        }
        Locale language = Text.language(transcript.languageCode());
        Speaker last = null;
        for (Passage passage : transcript.passages()) {
            if (passage instanceof Paragraph paragraph) {
                boolean named = paragraph.speaker() != null && paragraph.speaker() != last;
                out.append('\n');
                wrap(named ? paragraph.speaker().name() + ": " + paragraph.text() : paragraph.text(), language, out);
                last = paragraph.speaker();
            }
        }
    }

    private static void wrap(String text, Locale language, Appendable out) throws IOException {
        if (!text.isEmpty()) {
            for (String line : Columns.wrap(text, WIDTH, language)) {
                out.append(line).append('\n');
            }
        }
    }
}
