package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zoomtranscriber.FreePort;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SECURITY.md says of who can reach what, row by row, of the running program. */
class SecurityTableTest {

    private static final String TOKEN = "the-token-of-the-security-table";
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (.*(?:GET|POST|OPTIONS|the same).*) \\| (this machine|anywhere else|anywhere)"
                    + " \\| (.+) \\| (.+) \\| (.+) \\|$");
    private static final Pattern REQUEST = Pattern.compile("`([A-Z]+ /.*?)`");
    private static final String CHALLENGE =
            "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"abc\"}}";
    private static final String MINE =
            """
            - route:
                id: mine
                from:
                  uri: platform-http:/mine
                  steps:
                    - setBody: {constant: mine}
            """;

    @TempDir
    Path folder;

    private Simulator simulator;
    private final List<Program> programs = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    /** A row, of which "the same" is what the one before it says. */
    private record Row(String address, String from, List<String> answers) {

        List<String> requests() {
            return REQUEST.matcher(address)
                    .results()
                    .map(request -> request.group(1))
                    .toList();
        }
    }

    @BeforeEach
    void play() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
    }

    @AfterEach
    void end() {
        programs.forEach(Program::close);
        simulator.close();
    }

    @Test
    void eachOfItsRowsIsTrue() throws Exception {
        List<Row> rows = rows();
        assertTrue(rows.size() >= 16, rows::toString);
        int closedByWebhooks = start("closed", "", true);
        int open = start("open", "", false);
        int guarded = start("guarded", TOKEN, true);
        for (String from : List.of("this machine", "anywhere else", "anywhere")) {
            for (Row row : rows.stream().filter(row -> row.from().equals(from)).toList()) {
                for (String request : row.requests()) {
                    String what = row + ": " + request;
                    boolean webhook = request.contains("POST /webhooks/");
                    check(row, request, webhook ? closedByWebhooks : open, 0, "", what);
                    check(row, request, guarded, 1, "", what);
                    check(row, request, guarded, 2, TOKEN, what);
                    if (!from.equals("this machine")) {
                        check(row, request, closedByWebhooks, 0, "", what);
                    }
                }
            }
        }
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String security = Files.readString(Path.of("SECURITY.md"));
        for (MatchResult found : ROW.matcher(security).results().toList()) {
            String address = found.group(1).startsWith("the same")
                    ? rows.get(rows.size() - 1).address() + found.group(1)
                    : found.group(1);
            rows.add(new Row(address, found.group(2), List.of(found.group(3), found.group(4), found.group(5))));
        }
        return rows;
    }

    private void check(Row row, String request, int port, int column, String token, String what) throws Exception {
        String expected = row.answers().get(column);
        boolean signed = !row.address().contains("not signed");
        List<String> headers = new ArrayList<>();
        headers.add(row.from().equals("this machine") ? "Host: localhost:" + port : "Host: status.example");
        String body = "";
        if (!token.isEmpty()) {
            headers.add("Authorization: Bearer " + token);
        }
        if (row.address().contains("by the status page")) {
            headers.add("Sec-Fetch-Site: same-origin");
        }
        if (request.contains("/webhooks/zoom") && signed) {
            body = CHALLENGE;
            headers.addAll(Asked.signature(body));
        }
        if (request.contains("/webhooks/assemblyai") && signed) {
            body = "{\"transcript_id\":\"unknown\"}";
            headers.add("x-transcriber-secret: " + secretOfAssemblyAi());
        }
        int status = Integer.parseInt(expected.substring(0, 3));
        String ending = body;
        if (request.contains("ID")) {
            // what a row before has retried has to fail again first
            List<String> failed = failed(port);
            String concrete = request.replace("ID", encoded(failed.get(0))).replace("NAME", encoded(failed.get(1)));
            await(what).until(() -> ask(port, concrete, headers, ending).status() == status);
            return;
        }
        Asked answer = ask(port, request, headers, ending);
        assertEquals(status, answer.status(), () -> what + "\n" + answer);
        if (expected.endsWith("all") || expected.endsWith("one word")) {
            Asked more = ask(port, request + "?data=true&exposureLevel=full", headers, "");
            boolean isAll = more.all().contains("\"checks\"");
            assertEquals(expected.endsWith("all"), isAll, () -> what + "\n" + more);
        }
    }

    private static Asked ask(int port, String request, List<String> headers, String body) throws IOException {
        return Asked.of(new Socket("127.0.0.1", port), request, headers, body);
    }

    /** The id and the file of a recording that has failed. */
    private List<String> failed(int port) {
        Program program = programs.get(ports.indexOf(port));
        String file = await().until(
                        () -> program.files(".error.json").stream().findFirst().orElse(""), name -> !name.isEmpty());
        return List.of(id(program.transcripts().resolve(file)), file);
    }

    private static String id(Path error) {
        try {
            Matcher id =
                    Pattern.compile("\"recording_?[iI]d\"\\s*:\\s*\"([^\"]+)\"").matcher(Files.readString(error));
            assertTrue(id.find(), error::toString);
            return id.group(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int start(String name, String token, boolean webhooks) throws IOException {
        int port = FreePort.next();
        Program program = new Program(Files.createDirectories(folder.resolve(name)), simulator)
                .withOAuth()
                .with("SERVER_PORT", "" + port)
                .with("SERVER_TOKEN", token);
        if (webhooks) {
            program.with("ZOOM_WEBHOOK_SECRET", Simulator.ZOOM_WEBHOOK_SECRET)
                    .with("ASSEMBLYAI_WEBHOOK_URL", "https://zoom.example.com/webhooks/assemblyai");
        }
        Files.writeString(program.folder().resolve("routes/mine.camel.yaml"), MINE);
        programs.add(program);
        ports.add(port);
        Run run = program.start();
        await().until(() -> {
            assertTrue(run.process().isAlive(), run::log);
            return run.log().contains("Listening on")
                    && ask(port, "GET /observe/health", List.of("Host: localhost"), "")
                                    .status()
                            == 200
                    && !program.files(".error.json").isEmpty();
        });
        return port;
    }

    private static String secretOfAssemblyAi() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Simulator.ASSEMBLYAI_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal("webhook of a transcript".getBytes(StandardCharsets.UTF_8)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
