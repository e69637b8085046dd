package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code api.assemblyai.com/v2}: upload, submit, read, list, delete, captions (its document of August 2026, and what
 * was seen).
 */
final class AssemblyAiApi {

    private static final String WRONG_KEY = "Authentication error, API token missing/invalid";

    private final World world;
    private final ZoomTokens zoomTokens;
    private final DownloadAddresses addresses;
    private final Weather weather;
    private final Uploads uploads;
    private final JobQueue queue;
    private final TranscriptListing listing;
    private final RequestLimit requests = new RequestLimit();
    private final AtomicLong serial = new AtomicLong();

    AssemblyAiApi(
            World world,
            ZoomTokens zoomTokens,
            DownloadAddresses addresses,
            Weather weather,
            Uploads uploads,
            JobQueue queue) {
        this.world = world;
        this.zoomTokens = zoomTokens;
        this.addresses = addresses;
        this.weather = weather;
        this.uploads = uploads;
        this.queue = queue;
        this.listing = new TranscriptListing(world, queue);
    }

    /** @throws AssemblyAiError for what AssemblyAI refuses */
    Response handle(Request request) throws IOException {
        if (!requests.allows(world.now(), world.faults().requestLimit)) {
            return weather.tooManyForAssemblyAi();
        }
        checkKey(request);
        List<String> path = request.segments();
        return switch (request.method() + ' ' + path.get(1) + ' ' + path.size()) {
            case "POST upload 2" -> upload(request);
            case "POST transcript 2" -> submit(request);
            case "GET transcript 2" -> listing.list(request);
            case "GET transcript 3" -> read(path.get(2));
            case "DELETE transcript 3" -> delete(path.get(2));
            case "GET transcript 4" -> part(request, path.get(2), path.get(3));
            default -> throw new AssemblyAiError(404, "Not found");
        };
    }

    private void checkKey(Request request) {
        String key = request.header("Authorization").orElse("");
        if (key.regionMatches(true, 0, "Bearer ", 0, 7)) {
            world.counters()
                    .violated(
                            zoomTokens.isOauthToken(key.substring(7))
                                    ? "assemblyai: Zoom's token sent to AssemblyAI"
                                    : "assemblyai: a bearer in place of the bare key");
        }
        if (world.faults().wrongKey || !key.equals(Simulator.ASSEMBLYAI_KEY)) {
            throw new AssemblyAiError(401, WRONG_KEY);
        }
    }

    private Response upload(Request request) throws IOException {
        if (world.faults().negativeBalance) {
            throw AssemblyAiError.negativeBalance();
        }
        return uploads.take(request);
    }

    private Response submit(Request request) throws IOException {
        Faults faults = world.faults();
        if (faults.negativeBalance) {
            throw AssemblyAiError.negativeBalance();
        }
        if (!faults.sameRefusalForAll.isEmpty()) {
            throw AssemblyAiError.badRequest(faults.sameRefusalForAll);
        }
        Submission submission = read(request, faults);
        String path = pathOf(submission.audioUrl());
        if (uploads.isUpload(path) && uploads.sound(path).isEmpty()) {
            throw new AssemblyAiError(403, "Cannot access uploaded file");
        }
        String recording = uploads.sound(path)
                .flatMap(Sound::recordingId)
                .or(() -> addresses.recordingOf(path))
                .orElse(null);
        String key = recording == null ? path : recording;
        Job job = new Job(
                Seeds.uuid(world.settings().seed(), "job " + serial.incrementAndGet()),
                submission,
                recording,
                world.now());
        world.counters().submitted(key, path);
        Response taken =
                world.strikes("completedAtOnceRate", key, faults.completedAtOnceRate) ? doneAtOnce(job) : begun(job);
        return world.strikes("lostPostAnswerRate", key, faults.lostPostAnswerRate) ? lost(taken, key) : taken;
    }

    private Response doneAtOnce(Job job) {
        queue.addFinished(job);
        return Response.json(200, TranscriptJson.of(job, job.status(), false));
    }

    /** The answer does not wait for the end, however quickly that comes. */
    private Response begun(Job job) {
        queue.add(job);
        return Response.json(200, TranscriptJson.of(job, job.statusWhileRunning(), false));
    }

    private Submission read(Request request, Faults faults) throws IOException {
        Submission submission;
        try {
            submission = Submission.read(request.text(), faults);
        } catch (AssemblyAiError refusal) {
            if (!faults.requireSpeechModels && faults.retiredModels.isEmpty()) {
                world.counters().violated("assemblyai: 400 " + refusal.getMessage());
            }
            throw refusal;
        }
        String token = Request.decodeForm(
                        Optional.ofNullable(rawQueryOf(submission.audioUrl())).orElse(""))
                .get("access_token");
        if (token != null && zoomTokens.isOauthToken(token)) {
            world.counters().violated("zoom: the account's own token handed to a third party");
        }
        return submission;
    }

    private static String pathOf(String url) {
        try {
            return String.valueOf(URI.create(url).getPath());
        } catch (IllegalArgumentException unreadable) {
            return url.replaceAll("\\?.*", "");
        }
    }

    private static String rawQueryOf(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? null : url.substring(mark + 1);
    }

    private Response lost(Response taken, String key) {
        String how = world.faults().lostPostAnswer;
        if (how.equals("any")) {
            how = world.board().pick("lostPostAnswer", key, List.of("drop", "reset", "delay", "500", "hollow"));
        }
        return switch (how) {
            case "drop" -> Response.drop();
            case "reset" -> Response.reset();
            case "delay" -> taken.after(world.faults().lostPostDelay);
            case "hollow" -> weather.hollow();
            default -> weather.serverError(key);
        };
    }

    private Job find(String id) {
        return queue.job(id).orElseThrow(AssemblyAiError::unknownTranscript);
    }

    private boolean isScrubbed(Job job) {
        boolean wiped = job.end() != null
                && job.end().verdict().error() == null
                && FaultBoard.names(world.faults().scrubbed, String.valueOf(job.recordingId()));
        return job.deleted() != null || wiped;
    }

    private Response read(String id) {
        Job job = find(id);
        world.counters().polled(id);
        ObjectNode json = TranscriptJson.of(job, job.status(), isScrubbed(job));
        if (FaultBoard.names(world.faults().missingTimes, String.valueOf(job.recordingId()))) {
            TranscriptJson.loseTimes(json);
        }
        return Response.json(200, json);
    }

    private Response delete(String id) {
        Job job = find(id);
        if (job.end() == null) {
            throw AssemblyAiError.badRequest("This transcript is still being processed and can not be deleted.");
        }
        if (job.deleted() == null) {
            job.delete(world.now());
            uploads.forget(pathOf(job.submission().audioUrl()));
        }
        return Response.json(200, TranscriptJson.of(job, job.status(), true));
    }

    private Response part(Request request, String id, String part) {
        if (!List.of("srt", "vtt", "sentences", "paragraphs", "word-search", "redacted-audio")
                .contains(part)) {
            return Response.html(404, "<html><title>404: Not Found</title><body>404: Not Found</body></html>");
        }
        Job job = find(id);
        if (!job.status().equals("completed")) {
            throw AssemblyAiError.badRequest("This transcript has a status of '" + job.status()
                    + "'. Transcripts must have a status of 'completed' before requesting captions.");
        }
        Transcription heard = new Transcription(job.end().verdict().talk().get(), job.submission());
        return switch (part) {
            case "srt" -> captions(id, Captions.srt(heard, charsPerCaption(request)));
            case "vtt" -> captions(id, Captions.vtt(heard, charsPerCaption(request)));
            case "sentences" -> parts(job, heard, "sentences", heard.sentences());
            case "paragraphs" -> parts(job, heard, "paragraphs", heard.paragraphs());
            case "word-search" -> search(request, job, heard);
            default -> redactedAudio(job);
        };
    }

    private static int charsPerCaption(Request request) {
        try {
            return request.query("chars_per_caption").map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException e) {
            throw AssemblyAiError.badRequest("chars_per_caption must be a number");
        }
    }

    /** Now as plain text, now as HTML, as AssemblyAI's document has both. */
    private Response captions(String id, String text) {
        return world.board().pick("captionType", id, List.of(true, false))
                ? Response.text(200, text)
                : Response.html(200, text);
    }

    /** Sentences have a speaker, paragraphs have none. */
    private static Response parts(Job job, Transcription heard, String name, List<List<Transcription.Word>> parts) {
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray(name);
        for (List<Transcription.Word> words : parts) {
            ObjectNode part = TranscriptJson.part(words, heard);
            array.add(
                    name.equals("sentences") ? part.put("speaker", words.get(0).speaker()) : part);
        }
        json.put("id", job.id())
                .put("confidence", Transcription.confidence(heard.words()))
                .put("audio_duration", job.end().verdict().seconds())
                .put("speech_model_used", Models.used(job.submission().models(), heard.language()));
        return Response.json(200, json);
    }

    private static Response search(Request request, Job job, Transcription heard) {
        ObjectNode json = Json.object().put("id", job.id());
        ArrayNode matches = Json.array();
        int total = 0;
        for (String wanted : request.query("words").orElse("").split(",")) {
            ArrayNode times = Json.array();
            ArrayNode indexes = Json.array();
            for (int i = 0; i < heard.words().size(); i++) {
                Transcription.Word word = heard.words().get(i);
                if (word.text().replaceAll("\\p{Punct}+$", "").equalsIgnoreCase(wanted.trim())) {
                    times.add(Json.array().add(word.start()).add(word.end()));
                    indexes.add(i);
                }
            }
            if (!indexes.isEmpty()) {
                total += indexes.size();
                ObjectNode match =
                        matches.addObject().put("text", wanted.trim()).put("count", indexes.size());
                match.set("timestamps", times);
                match.set("indexes", indexes);
            }
        }
        json.put("total_count", total).set("matches", matches);
        return Response.json(200, json);
    }

    private Response redactedAudio(Job job) {
        if (!job.submission().isOn("redact_pii_audio")) {
            throw AssemblyAiError.badRequest("Redacted audio was not requested for this transcript.");
        }
        String url = world.host() + "/redacted/" + job.id() + "/" + serial.incrementAndGet() + ".mp3?expires="
                + world.now().plus(Duration.ofMinutes(30)).getEpochSecond();
        return Response.json(
                200, Json.object().put("status", "redacted_audio_ready").put("redacted_audio_url", url));
    }

    void reset() {
        requests.reset();
    }
}
