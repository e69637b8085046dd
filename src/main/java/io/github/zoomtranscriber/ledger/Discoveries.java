package io.github.zoomtranscriber.ledger;

import io.github.zoomtranscriber.ledger.Records.Known;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Zoom lists: new recordings, and those that Zoom is still processing. Thread-safe. */
public final class Discoveries {

    private final Database database;
    private final History history;
    private final Records records;

    Discoveries(Database database, History history, Records records) {
        this.database = database;
        this.history = history;
        this.records = records;
    }

    /**
     * What came of a page of recordings.
     *
     * @param fresh recordings to be transcribed that were unknown, or not ready, before
     * @param known how many were known already
     * @param processing how many Zoom is still processing
     */
    public record Added(List<Recording> fresh, int known, int processing) {

        /** The ids of the recordings to be transcribed. */
        public List<String> ids() {
            return fresh.stream().map(Recording::id).toList();
        }
    }

    /** Adds the recordings of a page that are not known yet: a single query if all of them are. */
    public Added add(List<Recording> recordings) {
        if (recordings.isEmpty()) {
            return new Added(List.of(), 0, 0);
        }
        Map<String, Known> known = records.known(recordings);
        List<Recording> unknown = new ArrayList<>();
        List<Recording> fresh = new ArrayList<>();
        List<String> awaited = new ArrayList<>();
        int processing = 0;
        for (Recording recording : recordings) {
            Known row = known.get(recording.segment());
            boolean isAwaited = row != null && row.awaited();
            if (!recording.ready()) {
                processing++;
            }
            if (row == null) {
                unknown.add(recording);
                continue;
            }
            if (isAwaited && !recording.ready()) {
                awaited.add(row.segment());
            } else if (isAwaited && becomeReady(recording, row.segment())) {
                fresh.add(recording);
            }
            if (!row.doubles().isEmpty()) {
                skipDoubles(row);
            }
        }
        if (!awaited.isEmpty()) {
            database.update(
                    "UPDATE zoom_transcriber_recording SET updated_at = current_timestamp "
                            + "WHERE state = 'PROCESSING' AND segment = ANY(?)",
                    (Object) awaited.toArray(String[]::new));
        }
        fresh.addAll(insert(unknown));
        return new Added(fresh, recordings.size() - fresh.size() - processing, processing);
    }

    private List<Recording> insert(List<Recording> recordings) {
        boolean[] inserted = history.changeAll(
                """
                INSERT INTO zoom_transcriber_recording (id, segment, meeting_uuid, meeting_id, topic, host, start_time,
                  time_zone, duration_minutes, recording_type, file_size, download_url, zoom, state, lease_until,
                  created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s, current_timestamp, current_timestamp)
                ON CONFLICT DO NOTHING"""
                        .formatted(Sql.LATER),
                recordings.stream()
                        .map(r -> new Object[] {
                            r.id(),
                            r.segment(),
                            r.meetingUuid(),
                            r.meetingId(),
                            r.topic(),
                            r.host(),
                            r.start(),
                            r.timeZone(),
                            r.minutes(),
                            r.recordingType(),
                            r.fileSize(),
                            r.downloadUrl(),
                            r.zoom(),
                            r.ready() ? State.DISCOVERED : State.PROCESSING,
                            Ledger.OFFER
                        })
                        .toList());
        List<Recording> fresh = new ArrayList<>();
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] && recordings.get(i).ready()) {
                fresh.add(recordings.get(i));
            }
        }
        return fresh;
    }

    /** What was taken for two recordings while Zoom said little of them, and is one. */
    private void skipDoubles(Known row) {
        String reason = "the same recording as " + row.segment();
        history.change(
                reason,
                "UPDATE zoom_transcriber_recording "
                        + "SET state = 'SKIPPED', updated_at = current_timestamp"
                        + Sql.REASON + " WHERE state = 'PROCESSING' AND segment = ANY(?)",
                reason,
                Reason.OTHER,
                row.doubles().toArray(String[]::new));
    }

    /** @param segment under which it is awaited */
    private boolean becomeReady(Recording r, String segment) {
        return history.change(
                        null,
                        """
                UPDATE zoom_transcriber_recording SET id = ?, recording_type = ?, file_size = ?, download_url = ?, zoom = ?,
                  duration_minutes = ?, state = %s, %s, lease_owner = NULL, lease_until = %s,
                  updated_at = current_timestamp
                WHERE segment = ? AND %s"""
                                .formatted(Sql.WHERE_IT_WAS, Sql.NO_REASON, Sql.LATER, Sql.AWAITED),
                        r.id(),
                        r.recordingType(),
                        r.fileSize(),
                        r.downloadUrl(),
                        r.zoom(),
                        r.minutes(),
                        Ledger.OFFER,
                        segment)
                == 1;
    }

    /** Whether any of these recordings has no file yet, and is taken up once Zoom lists one. */
    public boolean isAwaited(List<Recording> recordings) {
        return records.known(recordings).values().stream().anyMatch(Known::awaited);
    }

    /**
     * The uuids of meetings that Zoom is still processing.
     *
     * @param unlistedFor leaves out those that Zoom has listed within this time
     */
    public List<String> processing(Duration unlistedFor) {
        return database.query(
                row -> row.getString(1),
                """
                SELECT DISTINCT meeting_uuid FROM zoom_transcriber_recording
                WHERE state = 'PROCESSING'
                  AND (updated_at < %s OR updated_at > current_timestamp + interval '1' minute)"""
                        .formatted(Sql.AGO),
                unlistedFor);
    }

    /**
     * Skips recordings that Zoom has been processing for longer than this since they were found. If Zoom lists one as
     * ready later, it is taken up nevertheless.
     *
     * @return how many were skipped
     */
    public int stopWaiting(Duration wait) {
        String reason = "Zoom was still processing it after " + wait.toDays() + " days";
        return history.change(
                reason,
                "UPDATE zoom_transcriber_recording "
                        + "SET state = 'SKIPPED', updated_at = current_timestamp"
                        + Sql.REASON + " WHERE state = 'PROCESSING' AND created_at < " + Sql.AGO,
                reason,
                Reason.PROCESSING_TOO_LONG,
                wait);
    }

    /**
     * Skips the recordings of these meetings that Zoom is still processing.
     *
     * @param code why
     * @param reason the same in a sentence
     * @return how many were skipped
     */
    public int skipAwaited(List<String> meetingUuids, Reason code, String reason) {
        return meetingUuids.isEmpty()
                ? 0
                : history.change(
                        reason,
                        "UPDATE zoom_transcriber_recording "
                                + "SET state = 'SKIPPED', updated_at = current_timestamp"
                                + Sql.REASON + " WHERE state = 'PROCESSING' AND meeting_uuid = ANY(?)",
                        reason,
                        code,
                        meetingUuids.toArray(String[]::new));
    }
}
