package io.github.zoomtranscriber.work;

/** AssemblyAI takes no file as large as that, and there is no other: trying anew is of no use. */
public final class TooLargeException extends DownloadException {

    public TooLargeException(String message) {
        super(message);
    }
}
