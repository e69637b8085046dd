package io.github.zoomtranscriber.work;

/** Somebody who waits for a transcript, and sleeps between two looks. */
public interface Waiting {

    /** For how many milliseconds it sleeps now. */
    long getDelay();
}
