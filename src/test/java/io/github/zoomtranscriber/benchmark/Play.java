package io.github.zoomtranscriber.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One simulator that runs, and what it has seen. */
final class Play implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Child process;
    private final String host;

    private Play(Child process, String host) {
        this.process = process;
        this.host = host;
    }

    /** @param generated short meetings, beside those that the simulator brings along */
    static Play start(Path folder, int generated, int users, Duration transcription) throws Exception {
        Path log = Files.createTempFile(folder, "simulator-", ".txt");
        Child process = Child.start(
                folder,
                log,
                Map.of(),
                List.of(
                        Commands.java(),
                        "-XX:+UseSerialGC",
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatorProcess.class.getName(),
                        Integer.toString(generated),
                        Integer.toString(users),
                        Long.toString(transcription.toMillis())));
        while (process.isAlive() && Files.readString(log).lines().noneMatch(line -> line.matches("\\d+"))) {
            Thread.sleep(50);
        }
        String port = Files.readString(log)
                .lines()
                .filter(line -> line.matches("\\d+"))
                .findFirst()
                .orElseThrow();
        return new Play(process, "http://127.0.0.1:" + port);
    }

    String host() {
        return host;
    }

    /** What points the program here. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("ZOOM_API_URL", host + "/v2");
        environment.put("ZOOM_OAUTH_URL", host + "/oauth/token");
        environment.put("ASSEMBLYAI_API_URL", host);
        environment.put("ZOOM_ACCOUNT_ID", Simulator.ZOOM_ACCOUNT_ID);
        environment.put("ZOOM_CLIENT_ID", Simulator.ZOOM_CLIENT_ID);
        environment.put("ZOOM_CLIENT_SECRET", Simulator.ZOOM_CLIENT_SECRET);
        environment.put("ASSEMBLYAI_API_KEY", Simulator.ASSEMBLYAI_KEY);
        return environment;
    }

    /** Meetings that have just ended, with sound of this length. */
    void addMeetings(int count, Duration length) throws Exception {
        for (int i = 1; i <= count; i++) {
            addMeeting("Benchmark " + i, length);
        }
    }

    /**
     * A meeting that has just ended, whose sound has so many bytes; all faults and counts are forgotten.
     *
     * @return its id
     */
    String addLarge(String topic, long bytes) throws Exception {
        forgetCounts();
        String id = call(
                        "POST",
                        "/simulator/meetings",
                        JSON.createObjectNode()
                                .put("topic", topic)
                                .put("seconds", 3600)
                                .toString())
                .path("recording_id")
                .asText();
        var faults = JSON.createObjectNode();
        faults.putObject("bigFiles").put(id, bytes);
        call("PUT", "/simulator/faults", faults.toString());
        return id;
    }

    /** So many meetings that have just ended, listed all at once, with sound of so many bytes each. */
    void addLarge(String topic, int count, long bytes) throws Exception {
        call(
                "PUT",
                "/simulator/faults",
                JSON.createObjectNode().put("emptyListings", true).toString());
        var faults = JSON.createObjectNode().put("emptyListings", false);
        var sizes = faults.putObject("bigFiles");
        for (int i = 1; i <= count; i++) {
            sizes.put(
                    call(
                                    "POST",
                                    "/simulator/meetings",
                                    JSON.createObjectNode()
                                            .put("topic", topic + " " + i)
                                            .put("seconds", 600)
                                            .toString())
                            .path("recording_id")
                            .asText(),
                    bytes);
        }
        call("PUT", "/simulator/faults", faults.toString());
    }

    /** Zoom's address of a recording, and a token that opens it. */
    record Download(String url, String token) {}

    /** What a client that is not the program needs to fetch a recording. */
    Download download(String id) throws Exception {
        String login = Base64.getEncoder()
                .encodeToString((Simulator.ZOOM_CLIENT_ID + ":" + Simulator.ZOOM_CLIENT_SECRET)
                        .getBytes(StandardCharsets.UTF_8));
        HttpRequest ask = HttpRequest.newBuilder(URI.create(host + "/oauth/token"))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=account_credentials&account_id=" + Simulator.ZOOM_ACCOUNT_ID))
                .build();
        String token = JSON.readTree(
                        client.send(ask, HttpResponse.BodyHandlers.ofString()).body())
                .path("access_token")
                .asText();
        HttpRequest list = HttpRequest.newBuilder(URI.create(host + "/v2/accounts/me/recordings?page_size=300&from="
                        + LocalDate.now().minusDays(3) + "&to="
                        + LocalDate.now().plusDays(1)))
                .header("Authorization", "Bearer " + token)
                .build();
        JsonNode listed = JSON.readTree(
                client.send(list, HttpResponse.BodyHandlers.ofString()).body());
        for (JsonNode file : listed.findParents("download_url")) {
            if (file.path("id").asText().equals(id)) {
                return new Download(file.path("download_url").asText(), token);
            }
        }
        throw new IOException("recording " + id + " is not listed");
    }

    /** A meeting that has just ended. */
    void addMeeting(String topic, Duration length) throws Exception {
        call(
                "POST",
                "/simulator/meetings",
                JSON.createObjectNode()
                        .put("topic", topic)
                        .put("seconds", length.toSeconds())
                        .toString());
    }

    /**
     * Sends Zoom's events there.
     *
     * @throws IOException as long as nobody meets the challenge
     */
    void subscribe(String url) throws Exception {
        call(
                "PUT",
                "/simulator/subscription",
                JSON.createObjectNode().put("url", url).toString());
    }

    /** The simulator's counters. */
    JsonNode counters() throws Exception {
        return call("GET", "/simulator/counters", "");
    }

    /** How many requests AssemblyAI takes in five minutes. */
    void limit(int requests) throws Exception {
        call(
                "PUT",
                "/simulator/faults",
                JSON.createObjectNode().put("requestLimit", requests).toString());
    }

    /** From now on some of Zoom's events do not come, or come twice or late. */
    void disturbEvents() throws Exception {
        call(
                "PUT",
                "/simulator/faults",
                JSON.createObjectNode()
                        .put("lostEventRate", 0.05)
                        .put("repeatedEventRate", 0.2)
                        .put("lateEventRate", 0.1)
                        .toString());
    }

    void forgetCounts() throws Exception {
        call("POST", "/simulator/reset", "");
    }

    /**
     * Waits for the first call of all, without taking the cores from whoever is to make it.
     *
     * @return when that came
     */
    Instant firstCall() throws Exception {
        JsonNode counters = counters();
        while (counters.path("first_call").isNull()) {
            Thread.sleep(500);
            counters = counters();
        }
        return Instant.parse(counters.path("first_call").asText());
    }

    /** When each transcript was ready, by its id. */
    Map<String, Instant> ready() throws Exception {
        Map<String, Instant> ready = new HashMap<>();
        String page = "/v2/transcript?limit=200";
        while (page != null) {
            JsonNode answer = call("GET", page, "");
            answer.path("transcripts").forEach(row -> {
                if (row.path("status").asText().equals("completed")) {
                    ready.put(
                            row.path("id").asText(),
                            LocalDateTime.parse(row.path("completed").asText()).toInstant(ZoneOffset.UTC));
                }
            });
            String older = answer.path("page_details").path("prev_url").asText("null");
            page = older.equals("null") ? null : older.substring(older.indexOf("/v2/"));
        }
        return ready;
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(host + path))
                .header("Authorization", Simulator.ASSEMBLYAI_KEY)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
