package io.github.zoomtranscriber.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The script that one would write first: list, submit, poll at a fixed interval (AssemblyAI's own libraries: 3
 * seconds), write the text; no ledger, no retry, no limit. Started with the environment that the program is started
 * with.
 */
final class PlainWay {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String zoom = System.getenv("ZOOM_API_URL");
    private final String assemblyai = System.getenv("ASSEMBLYAI_API_URL");
    private final long pollMs;
    private String token;

    private PlainWay(long pollMs) {
        this.pollMs = pollMs;
    }

    /**
     * @param arguments {@code one} (at a time) or {@code all} (at once), how many recordings at most, and the
     *     milliseconds between polls
     */
    public static void main(String[] arguments) throws Exception {
        PlainWay script = new PlainWay(Long.parseLong(arguments[2]));
        script.token = script.token();
        List<JsonNode> files = script.list(Integer.parseInt(arguments[1]));
        ExecutorService threads = Executors.newFixedThreadPool(arguments[0].equals("all") ? files.size() : 1);
        List<Callable<Void>> tasks = new ArrayList<>();
        files.forEach(file -> tasks.add(() -> script.transcribe(file)));
        threads.invokeAll(tasks);
        threads.shutdown();
    }

    private String token() throws Exception {
        String login = System.getenv("ZOOM_CLIENT_ID") + ":" + System.getenv("ZOOM_CLIENT_SECRET");
        return JSON.readTree(send(HttpRequest.newBuilder(URI.create(
                                        System.getenv("ZOOM_OAUTH_URL") + "?grant_type=account_credentials&account_id="
                                                + System.getenv("ZOOM_ACCOUNT_ID")))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .body())
                .path("access_token")
                .asText();
    }

    private List<JsonNode> list(int limit) throws Exception {
        List<JsonNode> files = new ArrayList<>();
        String page = "";
        do {
            JsonNode answer = JSON.readTree(
                    send(HttpRequest.newBuilder(URI.create(zoom + "/accounts/me/recordings?page_size=300&from="
                                            + LocalDate.now().minusDays(7) + "&to="
                                            + LocalDate.now().plusDays(1) + page))
                                    .header("Authorization", "Bearer " + token))
                            .body());
            for (JsonNode meeting : answer.path("meetings")) {
                for (JsonNode file : meeting.path("recording_files")) {
                    if (file.path("recording_type").asText().equals("audio_only")
                            && meeting.path("topic").asText().startsWith("Benchmark")) {
                        files.add(file);
                    }
                }
            }
            page = "&next_page_token="
                    + URLEncoder.encode(answer.path("next_page_token").asText(), StandardCharsets.UTF_8);
        } while (!page.endsWith("=") && files.size() < limit);
        return files.subList(0, Math.min(limit, files.size()));
    }

    private Void transcribe(JsonNode file) throws Exception {
        String link = send(HttpRequest.newBuilder(
                                URI.create(file.path("download_url").asText()))
                        .header("Authorization", "Bearer " + token))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String id = JSON.readTree(send(assemblyai("/v2/transcript")
                                .POST(HttpRequest.BodyPublishers.ofString(JSON.createObjectNode()
                                        .put("audio_url", link)
                                        .put("language_detection", true)
                                        .put("speaker_labels", true)
                                        .toString())))
                        .body())
                .path("id")
                .asText();
        String transcript;
        String status;
        do {
            Thread.sleep(pollMs);
            transcript = send(assemblyai("/v2/transcript/" + id).GET()).body();
            status = JSON.readTree(transcript).path("status").asText();
        } while (!status.equals("completed") && !status.equals("error"));
        Files.writeString(
                Files.createDirectories(Path.of("transcripts"))
                        .resolve(file.path("id").asText() + ".json"),
                "{\"assemblyai\":" + transcript + "}");
        return null;
    }

    private HttpRequest.Builder assemblyai(String path) {
        return HttpRequest.newBuilder(URI.create(assemblyai + path))
                .header("Authorization", System.getenv("ASSEMBLYAI_API_KEY"))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
