package io.github.zoomtranscriber.transcript;

/** What stands in a transcript one below the other, in the order of time. */
public sealed interface Passage permits Chapter, ChatMessage, Paragraph {

    /** @return milliseconds from the start of the recording */
    long start();
}
