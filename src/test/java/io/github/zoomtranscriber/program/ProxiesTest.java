package io.github.zoomtranscriber.program;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.zoomtranscriber.FreePort;
import io.github.zoomtranscriber.program.Program.Run;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real proxies, with the configurations of docs/proxies.md, before the running program. */
class ProxiesTest {

    private static final String TOKEN = "the-token-of-the-proxies-test";
    private static final String KNOWN = "Authorization: Basic "
            + Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(StandardCharsets.US_ASCII));
    private static final String CHALLENGE =
            "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"abc\"}}";
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#:]+)\"");
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static Simulator simulator;
    private static Program guarded;
    private static Program closed;
    private static int guardedPort;
    private static int closedPort;

    @TempDir
    Path own;

    private final int port = FreePort.next();
    private Process proxy;

    @BeforeAll
    static void play() throws Exception {
        simulator = Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(50)));
        guardedPort = FreePort.next();
        guarded = program("guarded", guardedPort, TOKEN, Simulator.ZOOM_WEBHOOK_SECRET);
        certificate();
    }

    @AfterAll
    static void end() {
        guarded.close();
        simulator.close();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (closed != null) {
            closed.close();
            closed = null;
        }
        if (proxy != null) {
            proxy.destroy();
            if (!proxy.waitFor(10, TimeUnit.SECONDS)) {
                proxy.descendants().forEach(ProcessHandle::destroyForcibly);
                proxy.destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache", "haproxy"})
    void whereOnlyTheWebhooksArePassedOnNothingElseIsReached(String name) throws Exception {
        start(name, printed(name, 0), guardedPort);

        assertEquals(200, webhook().status());
        assertEquals(401, ask("POST /webhooks/zoom", "{}").status());
        for (String path : List.of(
                "/",
                "/zoom/",
                "/observe/metrics",
                "/observe/health",
                "/webhooks/../observe/metrics",
                "/webhooks/..%2fobserve/metrics",
                "/webhooks/%2e%2e/observe/metrics",
                "/webhooks/%2e%2e%2fobserve%2fmetrics",
                "/webhooks/..;/observe/metrics",
                "/webhooks/..%5cobserve%5cmetrics",
                "/webhooks/..\\observe\\metrics",
                "/webhooks//../../observe/metrics",
                "/webhooks/%252e%252e/observe/metrics")) {
            // also to somebody who knows the token: it is the address that is not to be reached
            Asked answer = ask("GET " + path, "", KNOWN);
            assertTrue(List.of(400, 403, 404).contains(answer.status()), () -> path + "\n" + answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache", "haproxy"})
    void thePageWorksUnderAPrefixAndItsButtonTooForWhoeverShowsTheToken(String name) throws Exception {
        start(name, printed(name, 1), guardedPort);

        assertEquals(200, webhook().status());
        for (String path : List.of(
                "/zoom/", "/zoom/page.js", "/zoom/api/status", "/zoom/observe/metrics", "/zoom/file?id=1&name=a")) {
            assertEquals(401, ask("GET " + path, "").status(), path);
            assertEquals(
                    401, ask("GET " + path, "", "X-Forwarded-For: 127.0.0.1").status(), path);
        }
        Asked health = ask("GET /zoom/observe/health?data=true&exposureLevel=full", "");
        assertEquals(200, health.status());
        assertFalse(health.all().contains("checks"), health::all);

        Asked page = ask("GET /zoom/", "", KNOWN);
        assertEquals(200, page.status(), page::all);
        List<String> links =
                LINK.matcher(page.all()).results().map(link -> link.group(1)).toList();
        assertTrue(links.containsAll(List.of("page.css", "page.js")), links::toString);
        for (String link : Stream.concat(links.stream(), Stream.of("api/status", "api/recordings?length=5"))
                .toList()) {
            assertFalse(link.startsWith("/"), link);
            assertEquals(200, ask("GET /zoom/" + link, "", KNOWN).status(), link);
        }

        String retry = "POST /zoom/api/retry?id=none";
        String origin = "Origin: https://zoom.example.com:" + port;
        // that there is no such recording is said by what is behind the door
        assertEquals(
                404,
                ask(retry, "", KNOWN, origin, "Sec-Fetch-Site: same-origin").status());
        assertEquals(404, ask(retry, "", KNOWN, origin).status());
        assertEquals(
                403, ask(retry, "", KNOWN, origin, "Sec-Fetch-Site: cross-site").status());
        assertEquals(403, ask(retry, "", KNOWN, "Origin: https://evil.example").status());
        assertEquals(403, ask(retry, "", KNOWN).status());
        assertEquals(401, ask(retry, "", origin, "Sec-Fetch-Site: same-origin").status());
    }

    @Test
    void haproxysPlainCheckFindsTheProgramUp() throws Exception {
        start("haproxy", printed("haproxy", 0), guardedPort);

        await().until(() -> haproxy("show stat")
                .lines()
                .anyMatch(line -> line.startsWith("zoom-transcriber,daemon,") && line.contains(",L7OK,204,")));
        assertTrue(haproxy("show stat")
                .lines()
                .anyMatch(line -> line.startsWith("zoom-transcriber,daemon,") && line.contains(",UP,")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "apache", "haproxy"})
    void aProxyThatSaysNothingOfWhomItPassesOnLetsNobodyInWithoutTheToken(String name) throws Exception {
        start(name, silent(name), guardedPort);

        for (String host : List.of("Host: zoom.example.com", "Host: localhost", "Host: 127.0.0.1:" + guardedPort)) {
            for (String path : List.of("/", "/observe/metrics", "/api/recordings")) {
                assertEquals(401, askAs(host, "GET " + path, "").status(), host + path);
            }
            assertEquals(
                    401,
                    askAs(host, "POST /api/retry?id=x", "", "Sec-Fetch-Site: same-origin")
                            .status());
        }
        assertEquals(200, ask("GET /observe/metrics", "", KNOWN).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void noticedByItsFirstRequestItLetsNobodyInWhereThereIsNoToken(String name) throws Exception {
        closedPort = FreePort.next();
        closed = program("closed", closedPort, "", "");
        String local = "Host: localhost:" + closedPort;
        assertEquals(
                200,
                Asked.of(new Socket("127.0.0.1", closedPort), "GET /", List.of(local), "")
                        .status());
        start(name, silent(name), closedPort);
        if (name.equals("haproxy")) {
            // by its checks: the client's Host is passed on as it is
            await().until(() -> haproxy("show stat").contains(",L7OK,204,"));
        }

        for (String path : List.of("/", "/observe/metrics", "/api/recordings")) {
            Asked answer = askAs("Host: localhost", "GET " + path, "");
            assertEquals(403, answer.status(), path);
            assertTrue(answer.all().contains("Closed until server.token is set"), answer::all);
        }
        assertEquals(
                403,
                Asked.of(new Socket("127.0.0.1", closedPort), "GET /", List.of(local), "")
                        .status());
        String log = Files.readString(closed.folder().resolve("err-1.txt"));
        assertEquals(1, log.split("are closed until server.token is set", -1).length - 1, log);
    }

    private static Program program(String name, int port, String token, String secret) throws IOException {
        Program program = new Program(Files.createDirectories(folder.resolve(name + port)), simulator)
                .withOAuth()
                .with("SERVER_PORT", "" + port)
                .with("SERVER_TOKEN", token)
                .with("ZOOM_WEBHOOK_SECRET", secret)
                .with("ZOOM_DISCOVER", "false");
        Run run = program.start();
        await().until(() -> {
            assertTrue(run.process().isAlive(), run::log);
            return run.log().contains("Listening on")
                    && Asked.of(
                                            new Socket("127.0.0.1", port),
                                            "GET /observe/health/live",
                                            List.of("Host: localhost"),
                                            "")
                                    .status()
                            == 200
                    // a webhook that is not there yet is told to come back
                    && Asked.of(new Socket("127.0.0.1", port), "GET /", List.of("Host: localhost"), "")
                                    .status()
                            != 503;
        });
        return program;
    }

    /** As the first thing that a manual says of each, and nothing more. */
    private static String silent(String name) throws IOException {
        return switch (name) {
            case "nginx" -> printed(name, 0)
                    .replaceFirst("(?s)location /webhooks/ \\{(.*?)\\}.*?\\}", "location / {$1}");
            case "apache" -> printed(name, 0)
                    .replace("ProxyPass /webhooks/", "ProxyAddHeaders Off\n    ProxyPass /")
                    .replace("8080/webhooks/", "8080/");
            default -> printed(name, 0).replaceFirst(".*http-request return status 404.*\n", "");
        };
    }

    /** The n-th configuration of a proxy as it stands in the documentation. */
    private static String printed(String name, int n) throws IOException {
        return Pattern.compile("(?s)```" + name + "\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/proxies.md")))
                .results()
                .map(block -> block.group(1))
                .toList()
                .get(n);
    }

    /** Runs it with the printed configuration, of which only ports and paths are others. */
    private void start(String name, String configuration, int daemon) throws Exception {
        String command = name.equals("apache") ? "apache2" : name;
        Optional<Path> binary = installed(command);
        assumeTrue(binary.isPresent(), command + " is not installed on this machine");
        String here = configuration
                .replace("127.0.0.1:8080", "127.0.0.1:" + daemon)
                .replaceAll("(listen|Listen|\\*:|bind :) ?443", "$1" + (name.equals("haproxy") ? "" : " ") + port)
                .replace("*: ", "*:")
                .replaceAll("/etc/ssl/zoom\\.example\\.com\\.(\\w+)", folder + "/tls.$1")
                .replace("/run/apache2/zoom.pid", own + "/pid")
                .replace("/var/log/apache2/zoom.log", own + "/error.log")
                .replace("ServerRoot /etc/apache2", "ServerRoot " + own)
                .replace("http {", "http {\n" + temporaryFolders());
        Path file = Files.writeString(own.resolve("proxy.conf"), here);
        List<String> line = new ArrayList<>(List.of(binary.get().toString()));
        line.addAll(
                switch (name) {
                    case "nginx" -> List.of(
                            "-p",
                            own.toString(),
                            "-e",
                            own + "/error.log",
                            "-c",
                            file.toString(),
                            "-g",
                            "daemon off; pid " + own + "/pid;");
                    case "apache" -> List.of("-f", file.toString(), "-DFOREGROUND");
                    default -> List.of(
                            "-db",
                            "-f",
                            Files.writeString(
                                            own.resolve("global.conf"), "global\n    stats socket " + own + "/stats\n")
                                    .toString(),
                            "-f",
                            file.toString());
                });
        Path output = own.resolve("output");
        proxy = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await().until(() -> {
            assertTrue(proxy.isAlive(), () -> read(output));
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
            } catch (ConnectException notYet) {
                return false;
            }
        });
    }

    private String temporaryFolders() {
        StringBuilder lines = new StringBuilder("access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            lines.append(kind + "_temp_path " + own + "/" + kind + ";\n");
        }
        return lines.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Optional<Path> installed(String command) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(place -> Path.of(place, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String haproxy(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(own.resolve("stats")));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer part = ByteBuffer.allocate(8192);
            while (channel.read(part.clear()) >= 0) {
                answer.write(part.array(), 0, part.position());
            }
            return answer.toString(StandardCharsets.US_ASCII);
        }
    }

    private Asked webhook() throws Exception {
        return ask("POST /webhooks/zoom", CHALLENGE, Asked.signature(CHALLENGE).toArray(String[]::new));
    }

    private Asked ask(String request, String body, String... headers) throws Exception {
        return askAs("Host: zoom.example.com:" + port, request, body, headers);
    }

    private Asked askAs(String host, String request, String body, String... headers) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        Socket socket = context.getSocketFactory().createSocket("127.0.0.1", port);
        return Asked.of(
                socket,
                request,
                Stream.concat(Stream.of(host), Stream.of(headers)).toList(),
                body);
    }

    /** A key and a certificate, as the proxies read them. */
    private static void certificate() throws Exception {
        Path store = folder.resolve("tls.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        "tls",
                        "-dname",
                        "CN=zoom.example.com",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertEquals(0, keytool.waitFor(), () -> "keytool");
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        String key =
                pem("PRIVATE KEY", keys.getKey("tls", PASSWORD.toCharArray()).getEncoded());
        String certificate = pem("CERTIFICATE", keys.getCertificate("tls").getEncoded());
        Files.writeString(folder.resolve("tls.key"), key);
        Files.writeString(folder.resolve("tls.crt"), certificate);
        Files.writeString(folder.resolve("tls.pem"), certificate + key);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    private static final class Trusting implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // nobody is asked for one
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // it was made for this test
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
