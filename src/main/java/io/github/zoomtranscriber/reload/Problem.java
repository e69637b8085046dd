package io.github.zoomtranscriber.reload;

/**
 * Something in a route file that keeps the whole folder from being taken over.
 *
 * @param file   the file's path as it was given to the check, or the folder's where no single file is to blame
 * @param line   the line, counted from 1; 0 where it is not known
 * @param reason what is wrong, in one line, without values of secrets
 */
public record Problem(String file, int line, String reason) {

    /** {@code routes/deliver.camel.yaml:14: reason}, as editors and terminals make it a link. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + reason;
    }
}
