package io.github.zoomtranscriber.work;

/** The recording cannot be had by this address: a new one may help. */
public class DownloadException extends Exception {

    public DownloadException(String message) {
        super(message);
    }
}
