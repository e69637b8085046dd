package io.github.zoomtranscriber.command;

/**
 * The result of one check.
 *
 * @param what what was checked, in a word or two
 * @param text what was found, or what is wrong and how to fix it
 * @param exitCode 0 if all is well, else the command's exit code
 */
record Finding(String what, String text, int exitCode) {

    static Finding fine(String what, String text) {
        return new Finding(what, text, ExitCode.DONE);
    }

    static Finding wrong(String what, String text) {
        return new Finding(what, text, ExitCode.CONFIGURATION);
    }

    static Finding refused(String what, String text) {
        return new Finding(what, text, ExitCode.UNREACHABLE);
    }

    /** Works, but not for all of it. */
    static Finding incomplete(String what, String text) {
        return new Finding(what, text, ExitCode.FAILED);
    }

    boolean isFine() {
        return exitCode == ExitCode.DONE;
    }
}
