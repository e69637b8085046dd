package io.github.zoomtranscriber.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.ledger.Archive.Snapshot;
import io.github.zoomtranscriber.ledger.Archived;
import io.github.zoomtranscriber.ledger.Event;
import io.github.zoomtranscriber.ledger.Reason;
import io.github.zoomtranscriber.ledger.State;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What export writes is read as it was, and what it did not write is refused with its line. */
class LedgerReaderTest {

    private static final Instant THEN = Instant.parse("2026-11-24T09:00:00.123456Z");
    private static final String HEADER = LedgerLines.header(new Snapshot(THEN, 2), false);
    private static final String GOOD = LedgerLines.line(archived("r1", "Weekly sync", null));

    private static final String REASONS =
            "expected one of SUBMISSIONS_PAUSED, DELIVERIES_PAUSED, DAILY_HOURS_USED_UP, VENDOR_UNAVAILABLE, ANSWER_LOST, "
                    + "ASSEMBLYAI_REFUSED, ASSEMBLYAI_ERROR, TRANSCRIPT_DELETED, ZOOM_REFUSED, DOWNLOAD_FAILED, TOO_LARGE, LONGER_THAN_DAILY_HOURS, "
                    + "DELETED_AT_ZOOM, PROCESSING_TOO_LONG, MY_NOTES, SKIPPED_BY_HAND, NO_SPEECH, GIVEN_TO_ESTATE, OTHER";

    private static Archived archived(String id, String topic, String zoom) {
        return new Archived(
                id,
                "segment of " + id,
                "uuid",
                81234567890L,
                topic,
                "ada@example.com",
                THEN,
                "Europe/Berlin",
                30,
                "audio_only",
                1234567890123L,
                "https://us02web.zoom.us/rec/download/a.b",
                zoom,
                State.TRANSCRIBING,
                topic == null ? null : Reason.VENDOR_UNAVAILABLE,
                topic,
                "link",
                "https://ssrweb.zoom.us/a.m4a",
                "t-1",
                THEN,
                1,
                2,
                "chapters",
                topic,
                List.of("a/" + topic),
                "en",
                1801,
                "universal-2",
                THEN,
                THEN,
                null,
                List.of(
                        new Event(THEN, "discovered", null, 0, topic, null),
                        new Event(THEN, "submitting", "link", 1, null, "n")),
                null);
    }

    private static List<Archived> read(String... lines) {
        LedgerReader reader = new LedgerReader(new BufferedReader(new StringReader(String.join("\n", lines) + "\n")));
        List<Archived> read = new ArrayList<>();
        reader.forEachRemaining(read::add);
        return read;
    }

    private static String refusal(String... lines) {
        return assertThrows(UsageException.class, () -> read(lines)).getMessage();
    }

    @Property(tries = 200)
    void everyRecordingIsReadAsItWasWritten(
            @ForAll @NotBlank @StringLength(max = 200) String id, @ForAll String topic) {
        String name = topic.length() > 900 ? topic.substring(0, 900) : topic;
        Archived recording =
                archived(id, name.isEmpty() ? null : name, "{\"id\":9007199254740993,\"topic\":\"a\\nb\"}");
        assertEquals(
                List.of(recording), read(LedgerLines.header(new Snapshot(THEN, 1), true), LedgerLines.line(recording)));
    }

    @Test
    void theFirstLineSaysWhenAndBesideWhomItWasWritten() {
        LedgerReader reader =
                new LedgerReader(new BufferedReader(new StringReader(LedgerLines.header(new Snapshot(THEN, 0), true))));
        assertEquals(THEN, reader.exportedAt());
        assertTrue(reader.isOfRunningDaemon());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"minutes\":30 | \"minutes\":\"30\" | minutes: expected a whole number",
                "\"minutes\":30 | \"minutes\":-30 | minutes, file_size, submissions and failures: expected none below 0",
                "\"topic\":\"Weekly sync\" | \"topic\":7 | topic: expected a text",
                "\"topic\":\"Weekly sync\" | \"topic\":\"a\",\"topic\":\"b\" | expected one complete JSON object without duplicate names",
                "\"start\":\"2026-11-24T09:00:00.123456Z\" | \"start\":\"yesterday\" | start: expected an instant, such as 2026-11-24T08:00:10Z",
                "\"state\":\"TRANSCRIBING\" | \"state\":\"DONE\" | state: expected one of PROCESSING, DISCOVERED, SUBMITTING, TRANSCRIBING, DELIVERED, FAILED, SKIPPED",
                "\"state\":\"TRANSCRIBING\" | \"state\":\"DISCOVERED\" | transcript_id: expected none, as the state is DISCOVERED; once AssemblyAI has accepted a recording, it is TRANSCRIBING",
                "\"transcript_id\":\"t-1\", | `` | transcript_id: expected AssemblyAI's id, as the state is TRANSCRIBING",
                "\"recording_id\":\"r1\" | \"recording\":\"r1\" | recording: unknown name; expected only those that export writes",
                "\"recording_id\":\"r1\", | `` | recording_id and segment: expected both, of at most 300 characters",
                "\"submissions\":1 | \"submissions\":1.5 | submissions: expected a whole number",
                "\"segment\" | \"zoom\":\"text\",\"segment\" | zoom: expected an object",
                "\"files\":[ | \"files\":[7, | files: expected a text",
                "\"state\":\"discovered\" | \"state\":\"found\" | history: expected at and state of each",
                "\"reason_code\":\"VENDOR_UNAVAILABLE\" | \"reason_code\":2 | reason_code: " + REASONS,
                "\"state\":\"TRANSCRIBING\" | \"state\":3 | state: expected one of PROCESSING, DISCOVERED, SUBMITTING, TRANSCRIBING, DELIVERED, FAILED, SKIPPED",
                "\"files\":[\"a/Weekly sync\"] | \"files\":\"a\" | files: expected a list",
                "{ | [ | expected one complete JSON object without duplicate names",
            })
    void aLineThatIsWrongIsNamedWithWhatIsExpected(String there, String instead, String expected) {
        assertTrue(GOOD.contains(there), GOOD);
        assertEquals("line 3: " + expected, refusal(HEADER, GOOD, GOOD.replace(there, instead == null ? "" : instead)));
    }

    @Test
    void aFileThatIsNoneOrOfANewerProgramOrNotWholeIsRefused() {
        String expected = "line 1: expected {\"zoom_transcriber_ledger\":3,...}, the first line of what export writes";
        assertEquals(
                expected,
                assertThrows(UsageException.class, () -> new LedgerReader(new BufferedReader(new StringReader(""))))
                        .getMessage());
        assertEquals(expected, refusal(GOOD));
        assertEquals(
                "line 1: written by a newer zoom-transcriber (format 4, this one knows 3): import it with that one",
                refusal(HEADER.replace("ledger\":3", "ledger\":4"), GOOD, GOOD));
        assertEquals("the file ends after 1 of 2 recordings: expected the complete export", refusal(HEADER, GOOD));
        assertEquals(
                "line 4: expected no more than the 2 recordings that line 1 says", refusal(HEADER, GOOD, GOOD, GOOD));
    }

    @Test
    void aReasonOfANewerProgramIsTakenForAnyOther() {
        assertEquals(
                Reason.OTHER,
                read(HEADER, GOOD.replace("VENDOR_UNAVAILABLE", "NOT_KNOWN_YET"), GOOD)
                        .get(0)
                        .reasonCode());
    }

    @Test
    void whatIsNoUtf8IsRefusedRatherThanChanged() {
        byte[] latin = (HEADER + "\n" + GOOD.replace("Weekly", "W\u00f6chentlich") + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        UsageException refusal = assertThrows(UsageException.class, () -> new LedgerReader(new BufferedReader(
                        new InputStreamReader(new ByteArrayInputStream(latin), StandardCharsets.UTF_8.newDecoder())))
                .next());
        assertTrue(refusal.getMessage().endsWith(": expected UTF-8"), refusal::getMessage);
    }
}
