package io.github.zoomtranscriber.http;

/** Looks into exceptions that Camel or a library has wrapped. */
public final class Causes {

    private Causes() {}

    /**
     * Not Camel's own search, which finds suppressed exceptions as well: there Camel keeps the earlier failures of an
     * exchange, long after a repetition has made up for them.
     *
     * @return the exception or the first of its causes that is of this type; null if none is
     */
    public static <T extends Throwable> T find(Throwable exception, Class<T> type) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** @return what it began with: the last of its causes */
    public static Throwable root(Throwable exception) {
        Throwable root = exception;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
