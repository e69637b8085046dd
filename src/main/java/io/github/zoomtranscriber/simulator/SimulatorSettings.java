package io.github.zoomtranscriber.simulator;

import java.time.Clock;
import java.time.Duration;

/**
 * How large the simulated world is, and how fast.
 *
 * @param port 0 for any free one
 * @param meetings how many generated meetings there are beside the shipped ones
 * @param days over how many days back they are spread
 * @param users how many generated users there are beside the shipped ones; they host the generated meetings too
 * @param sessions how many generated Video SDK sessions there are beside the shipped ones
 * @param seed of everything that looks random
 * @param transcriptionTime how long each transcription takes; null: {@code transcriptionShare} of the audio's length
 * @param transcriptionShare AssemblyAI takes about a hundredth, says its documentation of 2026; smaller is faster
 * @param concurrency how many transcriptions run at once; the rest is queued
 * @param clock the services' time: dates, ages of tokens and links. Transcriptions take real time
 */
public record SimulatorSettings(
        int port,
        int meetings,
        int days,
        int users,
        int sessions,
        long seed,
        Duration transcriptionTime,
        double transcriptionShare,
        int concurrency,
        Clock clock) {

    /** @throws IllegalArgumentException for a number that makes no sense */
    public SimulatorSettings {
        require(port >= 0 && port < 65_536, "port must be from 0 to 65535");
        require(meetings >= 0 && users >= 0 && sessions >= 0, "meetings, users and sessions must not be negative");
        require(days > 0, "days must be > 0");
        require(transcriptionTime == null || !transcriptionTime.isNegative(), "transcriptionTime must not be negative");
        require(transcriptionShare >= 0, "transcriptionShare must not be negative");
        require(concurrency > 0, "concurrency must be > 0");
    }

    /** The shipped recordings only, on any free port, 200 transcriptions at once, at AssemblyAI's usual speed. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(0, 0, 90, 0, 0, 1, null, 0.01, 200, Clock.systemUTC());
    }

    private static void require(boolean holds, String condition) {
        if (!holds) {
            throw new IllegalArgumentException(condition);
        }
    }

    public SimulatorSettings withPort(int value) {
        return new SimulatorSettings(
                value,
                meetings,
                days,
                users,
                sessions,
                seed,
                transcriptionTime,
                transcriptionShare,
                concurrency,
                clock);
    }

    /** So many generated meetings more, over so many days back. */
    public SimulatorSettings withMeetings(int count, int overDays) {
        return new SimulatorSettings(
                port,
                count,
                overDays,
                users,
                sessions,
                seed,
                transcriptionTime,
                transcriptionShare,
                concurrency,
                clock);
    }

    public SimulatorSettings withUsers(int count) {
        return new SimulatorSettings(
                port, meetings, days, count, sessions, seed, transcriptionTime, transcriptionShare, concurrency, clock);
    }

    public SimulatorSettings withSessions(int count) {
        return new SimulatorSettings(
                port, meetings, days, users, count, seed, transcriptionTime, transcriptionShare, concurrency, clock);
    }

    public SimulatorSettings withSeed(long value) {
        return new SimulatorSettings(
                port,
                meetings,
                days,
                users,
                sessions,
                value,
                transcriptionTime,
                transcriptionShare,
                concurrency,
                clock);
    }

    /** Each transcription takes as long as that, whatever its length. */
    public SimulatorSettings withTranscriptionTime(Duration value) {
        return new SimulatorSettings(
                port, meetings, days, users, sessions, seed, value, transcriptionShare, concurrency, clock);
    }

    /** Each transcription takes this share of its audio's length. */
    public SimulatorSettings withTranscriptionShare(double value) {
        return new SimulatorSettings(port, meetings, days, users, sessions, seed, null, value, concurrency, clock);
    }

    public SimulatorSettings withConcurrency(int value) {
        return new SimulatorSettings(
                port, meetings, days, users, sessions, seed, transcriptionTime, transcriptionShare, value, clock);
    }

    public SimulatorSettings withClock(Clock value) {
        return new SimulatorSettings(
                port, meetings, days, users, sessions, seed, transcriptionTime, transcriptionShare, concurrency, value);
    }
}
