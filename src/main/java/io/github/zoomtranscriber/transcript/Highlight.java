package io.github.zoomtranscriber.transcript;

import java.util.List;

/**
 * A phrase that matters ({@code auto_highlights}).
 *
 * @param text the phrase, on one line
 * @param times where it is said, in milliseconds from the start of the recording
 */
public record Highlight(String text, List<Long> times) {

    public Highlight {
        times = List.copyOf(times);
    }
}
