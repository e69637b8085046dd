package io.github.zoomtranscriber.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.zoomtranscriber.Patience;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A headless Chromium with one page, spoken to by its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile ObjectNode login;

    /** The browser of this machine, if it has one. */
    static Optional<Path> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder */
    Browser(Path program, Path profile) throws Exception {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        Awaitility.await()
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
        URI pages = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        HttpClient http = HttpClient.newHttpClient();
        JsonNode list = Awaitility.await()
                .ignoreExceptions()
                .until(
                        () -> JSON.readTree(
                                http.send(HttpRequest.newBuilder(pages).build(), BodyHandlers.ofString())
                                        .body()),
                        found -> found.size() > 0);
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(list.get(0).path("webSocketDebuggerUrl").asText()), new Messages())
                .get();
        call("Page.enable", JSON.createObjectNode());
        call("Runtime.enable", JSON.createObjectNode());
        call("Log.enable", JSON.createObjectNode());
    }

    /** From now on, whenever it asks for a name and a password, somebody types these in. */
    void answerLogin(String name, String password) throws Exception {
        login = JSON.createObjectNode()
                .put("response", "ProvideCredentials")
                .put("username", name)
                .put("password", password);
        call("Fetch.enable", JSON.createObjectNode().put("handleAuthRequests", true));
    }

    void open(String address) throws Exception {
        call("Page.navigate", JSON.createObjectNode().put("url", address));
    }

    /** What an expression of JavaScript is worth in the page. */
    JsonNode value(String expression) throws Exception {
        JsonNode result = call(
                "Runtime.evaluate",
                JSON.createObjectNode().put("expression", expression).put("returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result);
        }
        return result.at("/result/value");
    }

    /** An expression that fails is not true yet: what it asks of may still be on its way. */
    void waitUntil(String expression) {
        Awaitility.await(expression).ignoreExceptions().until(() -> value(expression)
                .asBoolean());
    }

    /** Presses the mouse where the element is, as a person would. */
    void click(String selector) throws Exception {
        waitUntil("document.querySelector('" + selector + "') !== null");
        JsonNode place = value(
                "(() => { const e = document.querySelector('" + selector + "'); e.scrollIntoView({block: 'center'}); "
                        + "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    JSON.createObjectNode()
                            .put("type", type)
                            .put("button", "left")
                            .put("clickCount", 1)
                            .put("x", place.get(0).asDouble())
                            .put("y", place.get(1).asDouble()));
        }
    }

    /** What the browser's console complained about: exceptions, and what the page's policy forbade. */
    List<String> complaints() {
        return new ArrayList<>(complaints);
    }

    private JsonNode call(String method, ObjectNode parameters) throws Exception {
        return begin(method, parameters).get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** One message at a time: the socket takes no second one before the first is sent. */
    private synchronized CompletableFuture<JsonNode> begin(String method, ObjectNode parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(message.toString(), true).join();
        return answer;
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String text) {
            try {
                JsonNode message = JSON.readTree(text);
                if (message.has("id")) {
                    answers.remove(message.path("id").asInt()).complete(message.path("result"));
                } else if (message.path("method").asText().equals("Fetch.requestPaused")) {
                    begin("Fetch.continueRequest", request(message));
                } else if (message.path("method").asText().equals("Fetch.authRequired")) {
                    begin("Fetch.continueWithAuth", request(message).set("authChallengeResponse", login));
                } else if (message.path("method").asText().equals("Runtime.exceptionThrown")
                        || message.at("/params/entry/level").asText().equals("error")) {
                    complaints.add(text);
                }
            } catch (IOException e) {
                complaints.add(e.toString());
            }
        }
    }

    private static ObjectNode request(JsonNode message) {
        return JSON.createObjectNode()
                .put("requestId", message.at("/params/requestId").asText());
    }

    @Override
    public void close() {
        socket.abort();
        // all of it, and to the end: its profile is deleted next
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }
}
