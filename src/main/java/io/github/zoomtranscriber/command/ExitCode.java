package io.github.zoomtranscriber.command;

/** The exit codes, on which scripts rely. */
public final class ExitCode {

    public static final int DONE = 0;
    /** Some recordings failed, or Zoom did not list everything. */
    public static final int FAILED = 1;
    /** Something in the configuration, the routes or the command line is wrong; nothing was started. */
    public static final int CONFIGURATION = 2;
    /** A vendor cannot be reached, or rejects our login; or the ledger's database or a broker is not there. */
    public static final int UNREACHABLE = 3;
    /** A defect of this program. */
    public static final int DEFECT = 70;

    private ExitCode() {}
}
