package io.github.zoomtranscriber.zoom;

import java.io.IOException;

/** Zoom's answer lacks what has to be in it. It is worth asking again later. */
public final class IncompleteAnswerException extends IOException {

    public IncompleteAnswerException(String message) {
        super(message);
    }
}
