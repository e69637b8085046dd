package io.github.zoomtranscriber.command;

/**
 * What one check came to.
 *
 * @param what   what was tried, in a word or two
 * @param text   how it is, or what is wrong and what to do about it
 * @param exitCode 0, or what the command ends with for it
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

    boolean isFine() {
        return exitCode == ExitCode.DONE;
    }
}
