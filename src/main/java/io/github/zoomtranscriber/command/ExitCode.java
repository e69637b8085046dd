package io.github.zoomtranscriber.command;

/** What the program ends with: a contract with scripts. */
final class ExitCode {

    static final int DONE = 0;
    /** Some recordings failed. */
    static final int FAILED = 1;
    /** Something in the configuration, the routes or the command line is wrong; nothing was started. */
    static final int CONFIGURATION = 2;
    /** A vendor cannot be reached, or does not let us in. */
    static final int UNREACHABLE = 3;
    /** A defect of this program. */
    static final int DEFECT = 70;

    private ExitCode() {
    }
}
