package io.github.zoomtranscriber.transcript;

/**
 * A chapter as AssemblyAI cut the meeting ({@code auto_chapters}).
 *
 * @param start milliseconds from the start of the recording
 * @param title on one line, never empty
 * @param text what it is about; may be empty
 */
public record Chapter(long start, String title, String text) implements Passage {}
