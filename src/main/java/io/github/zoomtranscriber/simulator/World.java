package io.github.zoomtranscriber.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What both services share: the time, the faults, the counters, and which recordings there are.
 *
 * @param port where everything listens
 */
record World(
        SimulatorSettings settings,
        int port,
        FaultBoard board,
        Counters counters,
        ZoomAccount meetings,
        ZoomAccount sessions) {

    Clock clock() {
        return settings.clock();
    }

    Instant now() {
        return settings.clock().instant();
    }

    Faults faults() {
        return board.now();
    }

    /** The address of the API's host. */
    String host() {
        return "http://127.0.0.1:" + port;
    }

    /** The address of the host that holds the files; another name, so that a client must not send its token there. */
    String secondHost() {
        return "http://localhost:" + port;
    }

    /** A recording by its file id, of meetings and of Video SDK sessions. */
    Optional<ZoomAccount.Found> recording(String fileId) {
        return meetings.file(fileId).or(() -> sessions.file(fileId));
    }

    /** What a download of the file brings. */
    Content content(RecordingFile file) {
        Long size = faults().bigFiles.get(file.id());
        return size == null ? file.content() : Mp4.ofSize(file.id(), Duration.between(file.start(), file.end()), size);
    }

    /** Draws whether a fault comes about, and counts it. */
    boolean strikes(String fault, String key, double rate) {
        boolean strikes = board.strikes(fault, key, rate);
        if (strikes) {
            counters.struck(fault);
        }
        return strikes;
    }
}
