package io.github.zoomtranscriber.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Downloads an {@code audio_url} as AssemblyAI does: with nothing but what stands in the address. */
final class AudioFetcher {

    /** By this the Zoom half knows AssemblyAI's half: some faults are meant for clients only. */
    static final String USER_AGENT = "AssemblyAI-simulator/1.0";

    /** @param failure AssemblyAI's text when there is no sound; null otherwise */
    record Fetched(Sound sound, String failure) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Fetched fetch(String url) {
        HttpResponse<InputStream> response = null;
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("User-Agent", USER_AGENT)
                    .timeout(Duration.ofMinutes(2))
                    .build();
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return response.statusCode() == 200
                        ? new Fetched(Sound.read(body), null)
                        : new Fetched(null, refused(response.statusCode(), url));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fetched(null, unreachable(url));
        } catch (IOException | IllegalArgumentException e) {
            return new Fetched(null, unreachable(url));
        }
    }

    /** The whole address stands in the text, token and signature included. */
    private static String refused(int status, String url) {
        return switch (status) {
            case 401 -> "Download error to " + url + ", 401 Client Error: Unauthorized for url: " + url;
            case 403 -> "Download error to " + url + ", 403 Client Error: Forbidden for url: " + url;
            case 404, 410 -> "Download error, unable to download " + url
                    + ". Please make sure the file exists and is accessible from the internet.";
            default -> unreachable(url);
        };
    }

    static String unreachable(String url) {
        return "Download error, unable to access file at " + url;
    }
}
