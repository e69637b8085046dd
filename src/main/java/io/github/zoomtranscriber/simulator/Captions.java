package io.github.zoomtranscriber.simulator;

import java.util.ArrayList;
import java.util.List;

/** AssemblyAI's own captions: no names of speakers, a number of characters each. */
final class Captions {

    private static final int DEFAULT_LENGTH = 84;

    private Captions() {}

    static String srt(Transcription heard, int length) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (List<Transcription.Word> caption : captions(heard, length)) {
            text.append(++number)
                    .append('\n')
                    .append(times(caption, ','))
                    .append('\n')
                    .append(heard.text(caption))
                    .append("\n\n");
        }
        return text.toString();
    }

    static String vtt(Transcription heard, int length) {
        StringBuilder text = new StringBuilder("WEBVTT\n\n");
        for (List<Transcription.Word> caption : captions(heard, length)) {
            text.append(times(caption, '.'))
                    .append('\n')
                    .append(heard.text(caption))
                    .append("\n\n");
        }
        return text.toString();
    }

    private static List<List<Transcription.Word>> captions(Transcription heard, int length) {
        int longest = length > 0 ? length : DEFAULT_LENGTH;
        List<List<Transcription.Word>> captions = new ArrayList<>();
        for (List<Transcription.Word> sentence : heard.sentences()) {
            List<Transcription.Word> caption = new ArrayList<>();
            for (Transcription.Word word : sentence) {
                if (!caption.isEmpty()
                        && heard.text(caption).length() + word.text().length() >= longest) {
                    captions.add(caption);
                    caption = new ArrayList<>();
                }
                caption.add(word);
            }
            captions.add(caption);
        }
        return captions;
    }

    private static String times(List<Transcription.Word> caption, char point) {
        return time(caption.get(0).start(), point) + " --> "
                + time(caption.get(caption.size() - 1).end(), point);
    }

    static String time(int milliseconds, char point) {
        return String.format(
                "%02d:%02d:%02d%c%03d",
                milliseconds / 3_600_000,
                milliseconds / 60_000 % 60,
                milliseconds / 1_000 % 60,
                point,
                milliseconds % 1_000);
    }
}
