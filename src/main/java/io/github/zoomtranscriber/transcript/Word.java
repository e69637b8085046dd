package io.github.zoomtranscriber.transcript;

/**
 * One word as AssemblyAI heard it.
 *
 * @param text  never empty
 * @param start milliseconds from the start of the recording
 * @param end   milliseconds from the start of the recording, not before {@code start}
 */
public record Word(String text, long start, long end) {
}
