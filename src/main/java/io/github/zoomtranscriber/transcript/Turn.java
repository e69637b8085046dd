package io.github.zoomtranscriber.transcript;

import java.util.List;

/**
 * What one speaker says in one go. The text is the truth, the words say when: they may differ from it in form.
 *
 * @param speaker null where AssemblyAI tells no speakers apart
 * @param start milliseconds from the start of the recording
 * @param end milliseconds from the start of the recording, not before {@code start}
 * @param text on one line, never empty
 * @param words empty where AssemblyAI gave none
 */
public record Turn(Speaker speaker, long start, long end, String text, List<Word> words) {

    public Turn {
        words = List.copyOf(words);
    }
}
