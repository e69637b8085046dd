/** Tries edited routes without anything leaving the process, and compares what they deliver. */
package io.github.zoomtranscriber.rehearsal;
