package io.github.zoomtranscriber.transcript;

/**
 * What somebody typed in the meeting's chat.
 *
 * @param start milliseconds from the start of the recording
 * @param sender on one line
 * @param text may have several lines
 */
public record ChatMessage(long start, String sender, String text) implements Passage {}
