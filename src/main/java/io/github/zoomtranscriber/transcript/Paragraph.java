package io.github.zoomtranscriber.transcript;

/**
 * A part of a turn that reads well.
 *
 * @param speaker null where unknown
 * @param start milliseconds from the start of the recording
 * @param text on one line, never empty
 * @param opens whether somebody else spoke before, so that a reader wants to see the name
 */
public record Paragraph(Speaker speaker, long start, String text, boolean opens) implements Passage {}
