package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.zoomtranscriber.Patience;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.awaitility.Awaitility;

/** A client with nothing of the project in it: asks the simulator as a vendor's documents say. */
final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer, its body as text. */
    record Answer(int status, String text, HttpResponse<?> response) {

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + text, e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Patience.LONG)
            .build();
    private final Simulator simulator;
    private String token;

    Caller(Simulator simulator) {
        this.simulator = simulator;
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(Patience.LONG).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            return new Answer(0, e.toString(), null);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static HttpRequest.Builder at(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    Answer askForToken(String id, String secret, String form) {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(at(simulator.zoomOauthUrl())
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    String newToken() {
        return askForToken(
                        Simulator.ZOOM_CLIENT_ID,
                        Simulator.ZOOM_CLIENT_SECRET,
                        "grant_type=account_credentials&account_id=" + Simulator.ZOOM_ACCOUNT_ID)
                .json()
                .get("access_token")
                .asText();
    }

    String token() {
        if (token == null) {
            token = newToken();
        }
        return token;
    }

    static String jwt(String key, String secret, Instant expires) {
        return Jwts.builder()
                .issuer(key)
                .issuedAt(new Date())
                .expiration(Date.from(expires))
                .signWith(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)
                .compact();
    }

    static String jwt() {
        return jwt(
                Simulator.ZOOM_API_KEY, Simulator.ZOOM_API_SECRET, Instant.now().plusSeconds(300));
    }

    /** @param path behind {@code /v2} */
    Answer zoom(String path) {
        return zoom(path, token());
    }

    Answer zoom(String path, String bearer) {
        return send(at(simulator.zoomApiUrl() + path).header("Authorization", "Bearer " + bearer));
    }

    Answer zoom(String method, String path, String body) {
        return send(at(simulator.zoomApiUrl() + path)
                .header("Authorization", "Bearer " + token())
                .method(method, BodyPublishers.ofString(body)));
    }

    Answer assemblyAi(String method, String path, String body) {
        return send(at(simulator.assemblyaiApiUrl() + path)
                .header("Authorization", Simulator.ASSEMBLYAI_KEY)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    Answer submit(String audioUrl, String moreOptions) {
        return assemblyAi("POST", "/v2/transcript", "{\"audio_url\":\"" + audioUrl + "\"" + moreOptions + "}");
    }

    JsonNode untilDone(String transcriptId) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> assemblyAi("GET", "/v2/transcript/" + transcriptId, null)
                                .json(),
                        transcript -> transcript.get("status").asText().matches("completed|error"));
    }

    /** Submits and waits for the end. */
    JsonNode transcribe(String audioUrl, String moreOptions) {
        return untilDone(submit(audioUrl, moreOptions).json().get("id").asText());
    }

    /** The signed address that a download redirects to. */
    String link(String downloadUrl) {
        return send(at(downloadUrl).header("Authorization", "Bearer " + token()))
                .header("Location");
    }

    /**
     * Everything that a listing holds between two days before today, page by page.
     *
     * @param path such as {@code /accounts/me/recordings}
     */
    List<JsonNode> list(String path, int daysBack, int untilDaysBack, int pageSize, String array) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<JsonNode> all = new ArrayList<>();
        String page = "";
        do {
            JsonNode answer = zoom(path + "?page_size=" + pageSize + "&from=" + today.minusDays(daysBack) + "&to="
                            + today.minusDays(untilDaysBack) + page)
                    .json();
            answer.get(array).forEach(all::add);
            page = answer.get("next_page_token").asText().isEmpty()
                    ? ""
                    : "&next_page_token=" + answer.get("next_page_token").asText();
        } while (!page.isEmpty());
        return all;
    }

    /** A file of a meeting as the call for that meeting shows it. */
    JsonNode file(String meetingUuid, String fileId) {
        for (JsonNode file :
                zoom("/meetings/" + encode(meetingUuid) + "/recordings").json().get("recording_files")) {
            if (file.path("id").asText().equals(fileId)) {
                return file;
            }
        }
        throw new AssertionError("no file " + fileId);
    }

    static String encode(String uuid) {
        String once = java.net.URLEncoder.encode(uuid, StandardCharsets.UTF_8);
        return uuid.startsWith("/") || uuid.contains("//")
                ? java.net.URLEncoder.encode(once, StandardCharsets.UTF_8)
                : once;
    }
}
