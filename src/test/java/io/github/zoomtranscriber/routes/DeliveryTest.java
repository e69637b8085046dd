package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.Daemon;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Ledger;
import io.github.zoomtranscriber.logging.CapturedLog;
import io.github.zoomtranscriber.simulator.ExpectedRecording;
import io.github.zoomtranscriber.simulator.ExpectedRecording.Outcome;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import io.github.zoomtranscriber.transcript.Speaker;
import io.github.zoomtranscriber.transcript.SpeakerNames;
import io.github.zoomtranscriber.transcript.Transcript;
import io.github.zoomtranscriber.work.KeptTranscripts;
import io.github.zoomtranscriber.work.Work;
import io.github.zoomtranscriber.zoom.ZoomFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on disk in the end, and what is done once it is there. */
class DeliveryTest {

    @TempDir
    Path folder;

    private Simulator simulator;
    private Rounds rounds;

    @BeforeEach
    void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        rounds = new Rounds(folder, simulator)
                .withLogin("oauth")
                .with("zoom.lookback-days", "60")
                .with("output.formats", "txt,md,html,srt,vtt,json");
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    @Test
    void speakersHaveTheNamesThatZoomKnows() throws Exception {
        rounds.run();

        assertTrue(
                Files.readString(one("Product stand-up.md")).contains("Ada"),
                () -> "no name in " + one("Product stand-up.md"));
    }

    @Test
    void zoomsOwnFilesLieBesideTheTranscriptUnderTheSameName() throws Exception {
        rounds.with("output.zoom-files", "audio_transcript,chat_file").run();

        assertTrue(Files.exists(one("Product stand-up.audio_transcript.vtt")));
        assertTrue(Files.exists(one("Product stand-up.chat_file.txt")));
    }

    @Test
    void whatZoomDoesNotGiveIsDoneWithout() throws Exception {
        simulator.change(faults -> faults.refuseMeetingInside = true);

        Round round = rounds.with("output.zoom-files", "audio_transcript").run();

        assertEquals(
                count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH),
                round.delivered().size());
    }

    /**
     * Once with the address that was listed, and then with a fresh one as often as any call; a 401 has a new token in
     * between.
     */
    @ParameterizedTest
    @CsvSource({
        "500,4,Zoom answers 500 on a download",
        "cut,4,premature end",
        "silence,4,timed out",
        "stall,4,timed out",
        "401,4,Zoom answers 401 on the download",
        "404,2,Zoom answers 404 on the download",
        "html,2,Zoom sends text/html"
    })
    void aTimelineThatCannotBeHadIsDoneWithoutAfterAFewTries(String fault, int tries, String why) throws Exception {
        simulator.change(faults -> faults.ownFiles = Map.of("timeline", fault));
        try (CapturedLog log = new CapturedLog(ZoomFiles.class)) {
            Round round = rounds.with("zoom.topics", "Product stand-up")
                    .with("retry.attempts", "2")
                    .with("camel.component.http.response-timeout", "2000")
                    .with("camel.component.http.so-timeout", "2000")
                    .run();

            assertEquals(List.of(), named(round));
            assertEquals(withTimeline(round).size(), log.lines().size(), log.lines()::toString);
            assertTrue(
                    log.lines().stream()
                            .allMatch(line -> line.contains("goes without Zoom's timeline (")
                                    && line.toLowerCase().contains(why.toLowerCase())),
                    log.lines()::toString);
            assertEquals(
                    (long) tries * withTimeline(round).size(),
                    simulator.counters().faults().get("ownFiles"));
        }
    }

    @Test
    void aTimelineThatIsNoneLeavesTheSpeakersTheirLetters() throws Exception {
        simulator.change(faults -> faults.ownFiles = Map.of("timeline", "no JSON at all"));
        try (CapturedLog log = new CapturedLog(KeptTranscripts.class)) {
            Round round = rounds.with("zoom.topics", "Product stand-up").run();

            assertEquals(List.of(), named(round));
            assertEquals(
                    withTimeline(round).size(),
                    log.lines().stream()
                            .filter(line -> line.contains("timeline is not JSON, so speakers are named by letters"))
                            .count());
            assertEquals(
                    withTimeline(round).size(), simulator.counters().faults().get("ownFiles"));
        }
    }

    @Test
    void aTimelineThatNeverComesHoldsADeliveryUpForALeaseAtMostAndBringsNobodyElseToIt() throws Exception {
        simulator.change(faults -> faults.ownFiles = Map.of("timeline", "silence"));
        try (CapturedLog log = new CapturedLog(ZoomFiles.class)) {
            Round round = rounds.with("zoom.topics", "Product stand-up")
                    .with("transcribe.lease", "2s")
                    .run();

            assertEquals(List.of(), named(round));
            assertTrue(
                    log.lines().stream()
                            .allMatch(line ->
                                    line.endsWith("goes without Zoom's timeline (Zoom did not give it in time)")),
                    log.lines()::toString);
            assertEquals(withTimeline(round).size(), log.lines().size());
            // each is still in its first try
            assertEquals(
                    withTimeline(round).size(), simulator.counters().faults().get("ownFiles"));
        }
    }

    @Test
    void oneOfZoomsFilesThatCannotBeHadKeepsNoOtherFromBeingFetched() throws Exception {
        for (String broken : List.of("chat_file", "timeline", "audio_transcript")) {
            simulator.change(faults -> faults.ownFiles = Map.of(broken, "404"));
            Path other = Files.createDirectory(folder.resolve(broken));

            Round round = new Rounds(other, simulator)
                    .withLogin("oauth")
                    .with("zoom.lookback-days", "60")
                    .with("zoom.topics", "Product stand-up")
                    .with("output.zoom-files", "audio_transcript,chat_file")
                    .run();

            List<String> files = round.delivered().stream()
                    .map(entry -> kept(other, entry))
                    .map(kept -> kept.at("/zoom/files"))
                    .flatMap(all -> all.properties().stream())
                    .map(Map.Entry::getKey)
                    .distinct()
                    .sorted()
                    .toList();
            assertEquals(
                    Stream.of("audio_transcript", "chat_file", "timeline")
                            .filter(file -> !file.equals(broken))
                            .toList(),
                    files);
        }
    }

    /** The call that goes on fails while the program stops, and nothing is tried again then. */
    @Test
    void aStopWhileZoomIsWaitedForCostsNoNames() throws Exception {
        simulator.change(faults -> faults.ownFiles = Map.of("timeline", "silence"));
        rounds.with("zoom.topics", "Product stand-up")
                .with("camel.component.http.response-timeout", "2000")
                .with("camel.main.shutdown-timeout", "60");
        try (Daemon daemon = rounds.daemon()) {
            daemon.start();
            try (ProducerTemplate template = daemon.context().createProducerTemplate()) {
                template.sendBody("direct:discover", null);
            }
            long all = simulator.recordings().stream()
                    .filter(each -> each.topic().equals("Product stand-up")
                            && each.timeline().equals("good"))
                    .count();
            await().until(() -> simulator.counters().faults().getOrDefault("ownFiles", 0L) >= all);
        }
        simulator.change(faults -> faults.ownFiles = Map.of());

        Round round = rounds.run();

        assertEquals(withTimeline(round), named(round));
        assertTrue(simulator.counters().charged().values().stream().allMatch(times -> times == 1));
    }

    private List<String> withTimeline(Round round) {
        List<String> good = simulator.recordings().stream()
                .filter(each -> each.timeline().equals("good"))
                .map(ExpectedRecording::recordingId)
                .toList();
        List<String> ids =
                Rounds.ids(round.delivered()).stream().filter(good::contains).toList();
        assertTrue(ids.size() > 1, () -> "hardly any was delivered: " + round.failed());
        return ids;
    }

    /** Those in which a speaker has a name. */
    private List<String> named(Round round) {
        return Rounds.ids(round.delivered()).stream()
                .filter(id -> {
                    try {
                        return Transcript.read(
                                        () -> Files.newBufferedReader(
                                                folder.resolve("data/transcripts/" + id + ".json")),
                                        SpeakerNames.Mode.TIMELINE)
                                .turns()
                                .stream()
                                .anyMatch(turn ->
                                        turn.speaker() != null && turn.speaker().source() == Speaker.Source.TIMELINE);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static JsonNode kept(Path folder, Entry entry) {
        try {
            return new ObjectMapper()
                    .readTree(folder.resolve("data/transcripts/" + entry.id() + ".json")
                            .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bothCopiesAreDeletedWhereThatIsWantedAndNotOtherwise() throws Exception {
        rounds.run();
        assertTrue(
                simulator.counters().calls().keySet().stream().noneMatch(call -> call.contains("DELETE")),
                simulator.counters()::toString);

        Path other = Files.createDirectory(folder.resolve("other"));
        Round round = new Rounds(other, simulator)
                .withLogin("oauth")
                .with("assemblyai.delete-after-delivery", "true")
                .with("zoom.after-delivery", "trash")
                .run();

        assertEquals(round.delivered().size(), calls("assemblyai DELETE"));
        assertEquals(round.delivered().size(), calls("zoom DELETE"));
    }

    @Test
    void anEventForEachDeliveredRecordingGoesToTheEndpointThatWantsIt() throws Exception {
        Round round =
                rounds.with("output.notify", "file:" + folder.resolve("told")).run();

        try (Stream<Path> told = Files.list(folder.resolve("told"))) {
            List<Path> events = told.toList();
            assertEquals(round.delivered().size(), events.size());
            JsonNode event = new ObjectMapper().readTree(events.get(0).toFile());
            event.path("files").forEach(file -> assertTrue(Files.exists(Path.of(file.asText())), file::asText));
            assertEquals(6, event.path("files").size());
        }
    }

    @Test
    void anEndpointThatFailsUndoesNoDelivery() throws Exception {
        Round round = rounds.with("output.notify", "http://127.0.0.1:1/nobody").run();

        assertEquals(
                count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH),
                round.delivered().size());
        assertEquals(count(Outcome.FAILED), round.failed().size());
    }

    /** As the submission's refusal where the language is given, as the transcript's error where it is detected. */
    @ParameterizedTest
    @ValueSource(strings = {"speaker_labels", "auto_chapters,speaker_labels"})
    void whatTheDetectedLanguageLacksIsLeftOutAndNothingFailsForIt(String options) throws Exception {
        simulator.change(faults -> faults.notInDetectedLanguage = List.of(options.split(",")));

        Round round = rounds.with(
                        "assemblyai.options",
                        "{\"language_detection\":true,\"speaker_labels\":true,\"auto_chapters\":true}")
                .run();

        assertEquals(
                count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH),
                round.delivered().size());
        assertEquals(count(Outcome.FAILED), round.failed().size());
        Entry entry = round.delivered().get(0);
        assertEquals(options, entry.leftOut());
        assertEquals(2, entry.submissions());
    }

    private static String redacting(String policies) {
        return """
                {"language_detection":true,"speaker_labels":true,"redact_pii":true,"redact_pii_policies":%s,"redact_pii_return_unredacted":true,
                "redact_pii_sub":"entity_name","entity_detection":true,"sentiment_analysis":true,"keyterms_prompt":["Dimitri Antoniou"],
                "speech_understanding":{"request":{"speaker_identification":{"speaker_type":"name","known_values":["Ben Okafor","Grace Lin"]}}}}"""
                .formatted(policies)
                .replace("\n", "")
                .replace("}}", "} }");
    }

    /** What stands in the files of a recording, also in those that the program keeps for itself. */
    private String files(Entry entry) throws IOException {
        StringBuilder text =
                new StringBuilder(Files.readString(folder.resolve("data/transcripts/" + entry.id() + ".json")));
        Path written = folder.resolve("transcripts/" + entry.outputName());
        try (Stream<Path> files = Files.list(written.getParent())) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(written.getFileName() + "."))
                    .toList()) {
                text.append('\n').append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private List<String> namesOf(Entry entry) {
        ExpectedRecording expected = simulator.recordings().stream()
                .filter(each -> each.recordingId().equals(entry.id()))
                .findFirst()
                .orElseThrow();
        return Stream.concat(
                        expected.speakers().keySet().stream().flatMap(name -> Stream.of(name.split(" "))),
                        expected.devices().values().stream())
                .toList();
    }

    @Test
    void whereNamesAreTakenOutNoFileOfAnyFormatNamesWhoTookPart() throws Exception {
        Round round = rounds.with("assemblyai.options", redacting("[\"person_name\"]"))
                .with("output.zoom-files", "timeline")
                .with("zoom.topics", "Product stand-up,Weekly sync,Retrospective*,Design critique*")
                .run();

        assertEquals(6, round.delivered().size());
        for (Entry entry : round.delivered()) {
            String files = files(entry);
            for (String name : namesOf(entry)) {
                assertFalse(
                        Pattern.compile("(?U)\\b" + name + "\\b").matcher(files).find(),
                        () -> name + " in the files of " + entry.recording().topic());
            }
            assertFalse(files.contains("unredacted_text\"") || files.contains("\"entities\""), files);
            assertTrue(files.contains("Speaker A") && files.contains("[PERSON_NAME]"), files);
        }
    }

    @Test
    void whereSomethingElseIsTakenOutNamesStayAndNothingSaysWhatThatWas() throws Exception {
        Round round = rounds.with("assemblyai.options", redacting("[\"number_sequence\"]"))
                .with("zoom.topics", "Product stand-up")
                .run();

        for (Entry entry : round.delivered()) {
            String files = files(entry);
            namesOf(entry).forEach(name -> assertTrue(files.contains(name), name));
            for (String gone : List.of(
                    "unredacted_text",
                    "unredacted_words",
                    "unredacted_utterances",
                    "entities",
                    "sentiment_analysis_results")) {
                assertFalse(files.contains("\"" + gone + "\""), gone);
            }
        }
    }

    @Test
    void aDocumentThatWasKeptWithNamesIsRenderedWithoutThem() throws Exception {
        Entry entry = rounds.with("assemblyai.options", redacting("[\"person_name\"]"))
                .with("zoom.topics", "Retrospective*")
                .run()
                .delivered()
                .get(0);
        assertEquals(1, calls("zoom GET /rec/download"), "who spoke when is not even fetched");
        Path kept = folder.resolve("data/transcripts/" + entry.id() + ".json");
        JsonNode document = new ObjectMapper().readTree(kept.toFile());
        ((ObjectNode) document.get("assemblyai"))
                .put("unredacted_text", "This is Mirabel speaking.")
                .putArray("entities")
                .addObject()
                .put("text", "Mirabel");
        ((ObjectNode) document.get("zoom"))
                .putObject("timeline")
                .putArray("timeline")
                .addObject()
                .put("ts", "00:00:00.000")
                .putArray("users")
                .addObject()
                .put("username", "Mirabel");
        Files.writeString(kept, document.toString());

        try (Daemon daemon = rounds.daemon();
                ProducerTemplate template = started(daemon).createProducerTemplate()) {
            Entry delivered = daemon.bean("zoomLedger", Ledger.class)
                    .records()
                    .find(entry.id())
                    .orElseThrow();
            assertNull(template.request(
                            "direct:finish", exchange -> exchange.setVariable(Work.VARIABLE, Work.of(delivered)))
                    .getException());
        }

        String files = files(entry).replace(document.toString(), "");
        assertFalse(files.contains("Mirabel"), files);
        assertTrue(files.contains("Speaker A"), files);
    }

    private static CamelContext started(Daemon daemon) throws Exception {
        daemon.start();
        return daemon.context();
    }

    @Test
    void onlyTheWritingFailedSoARetryCallsNobody() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("transcripts"), "a file where the folder should be");
        Round failing = rounds.run();
        assertEquals(List.of(), failing.delivered());
        assertFalse(failing.failed().isEmpty());
        Map<String, Long> calls = simulator.counters().calls();

        Files.delete(inTheWay);
        Round round = rounds.retry(failing.failed().stream()
                .filter(entry -> entry.transcriptId() != null)
                .toList());

        assertEquals(
                count(Outcome.DELIVERED) + count(Outcome.NO_SPEECH),
                round.delivered().size());
        assertEquals(assemblyai(calls), assemblyai(simulator.counters().calls()));
    }

    private long count(Outcome outcome) {
        return simulator.recordings().stream()
                .map(ExpectedRecording::outcome)
                .filter(outcome::equals)
                .count();
    }

    private static List<Map.Entry<String, Long>> assemblyai(Map<String, Long> calls) {
        return calls.entrySet().stream()
                .filter(call -> call.getKey().startsWith("assemblyai"))
                .toList();
    }

    private long calls(String start) {
        return simulator.counters().calls().entrySet().stream()
                .filter(call -> call.getKey().startsWith(start))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Path one(String name) {
        try (Stream<Path> files = Files.walk(folder.resolve("transcripts"))) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
