package io.github.zoomtranscriber.reload;

/**
 * A problem in a route file. The whole folder is rejected because of it.
 *
 * @param file the path of the file as given to the check; the folder's path if no single file is the cause
 * @param line the line, counted from 1; 0 if unknown
 * @param reason what is wrong, in one line, without the values of secrets
 */
public record Problem(String file, int line, String reason) {

    /** {@code routes/deliver.camel.yaml:14: reason}, which editors and terminals turn into a link. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + reason;
    }
}
