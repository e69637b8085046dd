package io.github.zoomtranscriber.transcript;

import java.util.List;

/**
 * One caption.
 *
 * @param start milliseconds from the start of the recording
 * @param end after {@code start}
 * @param speaker null where unknown
 * @param lines one or two
 */
record Caption(long start, long end, Speaker speaker, List<String> lines) {}
