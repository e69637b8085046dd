package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.State;
import io.github.zoomtranscriber.transcript.Transcript;
import java.util.Map;

/**
 * A recording that is being worked on: its row of the ledger, and what has been learnt of it on the way. It travels in
 * the exchange variable {@code work}. A bean that learns something more answers with a new one, which the route puts in
 * the place of the old one. All but the row may be missing.
 *
 * @param entry the row, as it was when the recording was claimed or submitted
 * @param handOff how AssemblyAI is to get the audio
 * @param downloadUrl where Zoom has the file that is to be fetched; never with a token
 * @param signedUrl the address that Zoom redirects {@code downloadUrl} to, which opens without a token; null where it
 *     sends the file
 * @param audioUrl where AssemblyAI is to fetch the audio, a token or signature with it
 * @param meeting what Zoom says of the meeting
 * @param file what Zoom says of the file that is handed over, where it was asked for anew
 * @param due the one of Zoom's own files that is fetched now; null where it is the audio
 * @param zoomFiles those that were fetched, by name
 * @param transcript as it is kept
 * @param fileName of all files of the recording, below the output directory, without extension
 */
public record Work(
        Entry entry,
        HandOff handOff,
        String downloadUrl,
        String signedUrl,
        String audioUrl,
        JsonNode meeting,
        JsonNode file,
        ZoomFile due,
        Map<String, ZoomFile> zoomFiles,
        Transcript transcript,
        String fileName) {

    /** The exchange variable that holds the work in hand. */
    public static final String VARIABLE = "work";

    /** A recording of which nothing is known but its row. */
    public static Work of(Entry entry) {
        return new Work(entry, null, null, null, null, null, null, null, Map.of(), null, null);
    }

    /** The recording's id. */
    public String id() {
        return entry.id();
    }

    /** How far the recording was when it was claimed or submitted. */
    public State state() {
        return entry.state();
    }

    public Work with(Entry changed) {
        return new Work(
                changed,
                handOff,
                downloadUrl,
                signedUrl,
                audioUrl,
                meeting,
                file,
                due,
                zoomFiles,
                transcript,
                fileName);
    }

    public Work withHandOff(HandOff way) {
        return new Work(
                entry, way, downloadUrl, signedUrl, audioUrl, meeting, file, due, zoomFiles, transcript, fileName);
    }

    public Work withDownloadUrl(String url) {
        return new Work(entry, handOff, url, null, audioUrl, meeting, file, due, zoomFiles, transcript, fileName);
    }

    /** @param url null where Zoom does not redirect */
    public Work withSignedUrl(String url) {
        return new Work(
                entry, handOff, downloadUrl, url, audioUrl, meeting, file, due, zoomFiles, transcript, fileName);
    }

    public Work withAudioUrl(String url) {
        return new Work(
                entry, handOff, downloadUrl, signedUrl, url, meeting, file, due, zoomFiles, transcript, fileName);
    }

    public Work withMeeting(JsonNode answer) {
        return new Work(
                entry, handOff, downloadUrl, signedUrl, audioUrl, answer, file, due, zoomFiles, transcript, fileName);
    }

    /** @param found a file of the meeting, which is fetched from where that says; null where Zoom no longer has it */
    public Work withFile(JsonNode found) {
        String url = found == null ? null : found.path("download_url").asText();
        return new Work(entry, handOff, url, null, audioUrl, meeting, found, due, zoomFiles, transcript, fileName);
    }

    public Work withDue(ZoomFile next) {
        return new Work(
                entry, handOff, downloadUrl, signedUrl, audioUrl, meeting, file, next, zoomFiles, transcript, fileName);
    }

    /** @param files of Zoom's own, by name */
    public Work withZoomFiles(Map<String, ZoomFile> files) {
        return new Work(
                entry, handOff, downloadUrl, signedUrl, audioUrl, meeting, file, null, files, transcript, fileName);
    }

    public Work withTranscript(Transcript read) {
        return new Work(
                entry, handOff, downloadUrl, signedUrl, audioUrl, meeting, file, due, zoomFiles, read, fileName);
    }

    public Work withFileName(String name) {
        return new Work(
                entry, handOff, downloadUrl, signedUrl, audioUrl, meeting, file, due, zoomFiles, transcript, name);
    }

    /** For a log: no address, no token, and nothing that was said. */
    @Override
    public String toString() {
        return id() + " " + state();
    }
}
