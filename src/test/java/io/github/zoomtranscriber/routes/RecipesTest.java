package io.github.zoomtranscriber.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.FreePort;
import io.github.zoomtranscriber.command.Round;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.ledger.Postgres;
import io.github.zoomtranscriber.reload.RoutesFolder;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** The recipes of docs/recipes.md, as they stand there, each against a real server. */
class RecipesTest {

    private static final String HOSTILE = "R&D: \"a\" #1 100%";
    private static final String MORE_HOSTILE = "a\",\"text\":\"b', ${body} {{my.mail}} \\ 三";
    /** One topic on three days, one that is code in an address, one in Chinese. */
    private static final String TOPICS = "Product stand-up,R&D*,新*";

    private static final String PASSWORD = "only for this test";

    @TempDir
    private Path folder;

    private static String recipes() throws IOException {
        return Files.readString(Path.of("docs/recipes.md"));
    }

    private static String recipe(String route) throws IOException {
        Matcher yaml = Pattern.compile(
                        "```yaml\n((?:- beans:\n(?: [^\n]*\n)+)?- route:\n    id: " + route + "\n.*?)```",
                        Pattern.DOTALL)
                .matcher(recipes());
        assertTrue(yaml.find(), route);
        return yaml.group(1);
    }

    /**
     * Runs the recipe in the daemon's way, and hands it what {@code output.then} are told of recordings with these
     * topics.
     */
    private void tell(String route, String option, String value, List<String> topics) throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("mine.camel.yaml"), recipe(route));
        Properties properties = new Properties();
        properties.setProperty(option, value);
        try (CamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            RoutesFolder mine = new RoutesFolder(routes, Duration.ofSeconds(1), stopped -> {});
            mine.setCamelContext(context);
            mine.load();
            context.start();
            for (String topic : topics) {
                context.createProducerTemplate()
                        .sendBody(
                                "direct:" + route,
                                new ObjectMapper().writeValueAsString(Map.of("topic", topic, "files", files(topic))));
            }
        }
    }

    private static List<String> files(String topic) {
        return List.of("transcripts/2026-11-24/" + topic + ".md", "transcripts/2026-11-24/" + topic + ".json");
    }

    @Test
    void aMessageGoesToAChatWithWhateverTopicAsText() throws Exception {
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            posted.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type"));
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        chat.start();
        List<String> topics = List.of("Weekly sync", HOSTILE, MORE_HOSTILE);
        try {
            tell(
                    "tell-the-team",
                    "my.chat-webhook",
                    "http://localhost:" + chat.getAddress().getPort() + "/hook?key=abc&token=def",
                    topics);
        } finally {
            chat.stop(0);
        }
        for (String topic : topics) {
            String call = posted.remove();
            assertTrue(call.startsWith("POST /hook?key=abc&token=def application/json"), call);
            assertEquals(
                    Map.of("text", "Transcribed: " + topic), new ObjectMapper().readValue(posted.remove(), Map.class));
        }
    }

    @Test
    void aStepThatIsRepeatedReachesItsTargetOnce() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Path target = folder.resolve("target");
        Files.writeString(
                routes.resolve("mine.camel.yaml"),
                recipe("once-each")
                        .replace("data/had.txt", folder.resolve("had.txt").toString()));
        for (String process : List.of("the first", "the next")) {
            try (CamelContext context = new DefaultCamelContext()) {
                Properties properties = new Properties();
                properties.setProperty(
                        "my.target", "file:" + target + "?fileName=${header.Idempotency-Key}&fileExist=Append");
                context.getPropertiesComponent().setInitialProperties(properties);
                RoutesFolder mine = new RoutesFolder(routes, Duration.ofSeconds(1), stopped -> {});
                mine.setCamelContext(context);
                mine.load();
                context.start();
                for (String key : List.of("a", "b", "a")) {
                    context.createProducerTemplate()
                            .sendBodyAndHeader("direct:once-each", process, "Idempotency-Key", key);
                }
            }
        }
        assertEquals(Map.of("a", "the first", "b", "the first"), contents(target));
    }

    @Test
    void aMailGoesToTheTeamWithTheTranscriptInEachFormat() throws Exception {
        GreenMail post = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        post.start();
        try (Simulator simulator = playWithHostileTopics()) {
            Path routes = shippedRoutes();
            Files.writeString(routes.resolve("mine.camel.yaml"), recipe("mail-it"));
            Round round = rounds(folder.resolve("mailed"), simulator)
                    .with("output.then", options("output.then", "direct:mail").get("output.then"))
                    .with(
                            "my.mail",
                            options("my.mail")
                                    .get("my.mail")
                                    .replace(
                                            "mail.example.org",
                                            "localhost:" + post.getSmtp().getPort()))
                    .run(routes);

            Map<String, String> attached = new TreeMap<>();
            MimeMessage[] mails = post.getReceivedMessages();
            for (MimeMessage mail : mails) {
                MimeMultipart parts = (MimeMultipart) mail.getContent();
                assertTrue(mail.getSubject().startsWith("Transcript: "), mail::toString);
                assertEquals(3, parts.getCount());
                String list = parts.getBodyPart(0).getContent().toString();
                for (int part = 1; part < 3; part++) {
                    String name = MimeUtility.decodeText(parts.getBodyPart(part).getFileName());
                    String path = list.lines()
                            .filter(line -> line.endsWith("/" + name))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(name + " in " + list));
                    attached.put(
                            path.substring(path.indexOf("/transcripts/") + "/transcripts/".length()),
                            new String(parts.getBodyPart(part).getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                                    // a mail's text has lines that end so
                                    .replace("\r\n", "\n"));
                }
            }
            assertEquals(round.delivered().size(), mails.length);
            assertEquals(contents(folder.resolve("mailed/transcripts")), attached);
            assertTrue(Stream.of(mails).anyMatch(mail -> subject(mail).equals("Transcript: " + HOSTILE)));
        } finally {
            post.stop();
        }
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFilesGoToSftpEachUnderItsName() throws Exception {
        Path far = Files.createDirectory(folder.resolve("far"));
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("localhost");
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
        server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(far));
        server.start();
        try (Simulator simulator = playWithHostileTopics()) {
            String to = options("output.to", "sftp:")
                            .get("output.to")
                            .replace("example.org", "localhost:" + server.getPort())
                            .replace("...", PASSWORD)
                    + "&knownHostsFile=" + folder.resolve("known").toString().replace('\\', '/')
                    + "&autoCreateKnownHostsFile=true";
            Map<String, String> expected = delivered(folder.resolve("here"), simulator);

            // the second time all is there already
            for (String time : List.of("once", "again")) {
                Round round = rounds(folder.resolve(time), simulator)
                        .with("output.to", to)
                        .run();

                assertEquals(List.of(), round.failed());
                assertEquals(expected, contents(far.resolve("transcripts")));
            }
        } finally {
            server.stop(true);
        }
    }

    @Test
    void theTextGoesIntoATableUnderItsName() throws Exception {
        String database = Postgres.database();
        try (Simulator simulator = playWithHostileTopics();
                Connection connection = DriverManager.getConnection(database, Postgres.USER, "");
                Statement statement = connection.createStatement()) {
            Matcher table = Pattern.compile("`(CREATE TABLE transcript .*?)`").matcher(recipes());
            assertTrue(table.find());
            statement.execute(table.group(1));
            Path routes = shippedRoutes();
            Files.writeString(routes.resolve("mine.camel.yaml"), recipe("into-a-table"));
            Rounds rounds = rounds(folder.resolve("here"), simulator)
                    .with("output.formats", "txt")
                    .with("output.to", options("output.to", "direct:into").get("output.to"))
                    .with("my.database", database + (database.contains("?") ? "&" : "?") + "user=" + Postgres.USER);

            rounds.run(routes);

            Map<String, String> rows = new TreeMap<>();
            try (ResultSet row = statement.executeQuery("SELECT name, text FROM transcript")) {
                while (row.next()) {
                    rows.put(row.getString(1), row.getString(2));
                }
            }
            Map<String, String> expected = delivered(folder.resolve("folder"), simulator);
            expected.keySet().removeIf(name -> !name.endsWith(".txt"));
            assertEquals(expected, rows);
        }
    }

    @Test
    void theFilesGoToAWebDavServerEachUnderItsName() throws Exception {
        Path nginx = Path.of("/usr/sbin/nginx");
        assumeTrue(Files.isExecutable(nginx), "skipped: nginx is not installed");
        int port = FreePort.next();
        Path far = Files.createDirectory(folder.resolve("far"));
        Files.writeString(folder.resolve("passwords"), "me:{PLAIN}" + PASSWORD + "\n");
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                """
                daemon off;
                user root;
                pid %1$s/pid;
                error_log stderr;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  server {
                    listen 127.0.0.1:%2$d;
                    root %3$s;
                    auth_basic dav;
                    auth_basic_user_file %1$s/passwords;
                    dav_methods PUT;
                    create_full_put_path on;
                  }
                }
                """
                        .formatted(folder, port, far));
        Process server = new ProcessBuilder(nginx.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        try (Simulator simulator = playWithHostileTopics()) {
            String to = options("output.to", "https://dav")
                    .get("output.to")
                    .replace("https://dav.example.org", "http://localhost:" + port)
                    .replace("...", PASSWORD);

            await().until(() -> isOpen(port));

            rounds(folder.resolve("here"), simulator).with("output.to", to).run();

            assertEquals(delivered(folder.resolve("folder"), simulator), contents(far.resolve("transcripts")));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void theFilesGoToTheFolderAndToS3EachUnderItsNameAndAreDeliveredOnlyWhenBothHaveThem() throws Exception {
        LocalS3 server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        server.start();
        URI address = URI.create("http://localhost:" + server.getPort());
        try (Simulator simulator = playWithHostileTopics();
                S3Client client = S3Client.builder()
                        .endpointOverride(address)
                        .region(Region.EU_CENTRAL_1)
                        .forcePathStyle(true)
                        // this server keeps a body as it comes, also one that is sent in chunks
                        .serviceConfiguration(S3Configuration.builder()
                                .chunkedEncodingEnabled(false)
                                .build())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("me", PASSWORD)))
                        .build()) {
            Clients.s3 = client;
            Path routes = shippedRoutes();
            Files.writeString(
                    routes.resolve("clients.camel.yaml"),
                    """
                    - beans:
                        - name: s3
                          type: %s
                          factoryMethod: s3
                    """
                            .formatted(Clients.class.getName()));
            Rounds rounds = rounds(folder.resolve("both"), simulator)
                    // the client is this test's
                    .with(
                            "output.to",
                            options("output.to", "direct:").get("output.to").replaceFirst("[?].*", ""));

            Round withoutBucket = rounds.run(routes);
            assertEquals(List.of(), withoutBucket.delivered());
            client.createBucket(bucket -> bucket.bucket("transcripts"));
            Round round = rounds.retry(withoutBucket.failed(), routes);

            Map<String, String> expected = delivered(folder.resolve("here"), simulator);
            assertEquals(List.of(), round.failed());
            assertEquals(expected, contents(folder.resolve("both/transcripts")));
            Map<String, String> remote = new TreeMap<>();
            for (String key : keys(address.resolve("/transcripts?list-type=2"))) {
                remote.put(
                        key,
                        client.getObjectAsBytes(
                                        request -> request.bucket("transcripts").key(key))
                                .asUtf8String());
            }
            assertEquals(expected, remote);
        } finally {
            server.shutdown();
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Amazon's client does not read this server's list where a key has a percent sign. */
    private static List<String> keys(URI list) throws Exception {
        String xml = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return Pattern.compile("<Key>(.*?)</Key>")
                .matcher(xml)
                .results()
                .map(key -> key.group(1).replace("&amp;", "&"))
                .toList();
    }

    /** A bean of a user's. */
    public static final class Clients {

        private static S3Client s3;

        private Clients() {}

        public static S3Client s3() {
            return s3;
        }
    }

    private static Simulator playWithHostileTopics() throws IOException {
        Simulator simulator = play();
        simulator.addMeeting(HOSTILE, simulator.recordings().get(0).host(), Duration.ofMinutes(1), false);
        return simulator;
    }

    private static Rounds rounds(Path place, Simulator simulator) {
        return new Rounds(place, simulator)
                .withLogin("oauth")
                .with("zoom.lookback-days", "30")
                .with("zoom.topics", TOPICS)
                .with("output.formats", "txt,vtt");
    }

    /** What belongs under each name: what the same recordings become in a folder, without any recipe. */
    private static Map<String, String> delivered(Path place, Simulator simulator) throws Exception {
        List<String> names = rounds(place, simulator).run().delivered().stream()
                .map(Entry::outputName)
                .toList();
        assertTrue(
                names.stream()
                                .filter(name -> name.endsWith("/Product stand-up"))
                                .count()
                        > 1,
                names::toString);
        assertTrue(names.stream().anyMatch(name -> name.endsWith("/R&D - 'a' #1 100%")), names::toString);
        Map<String, String> contents = contents(place.resolve("transcripts"));
        assertEquals(2 * names.size(), contents.size());
        return contents;
    }

    private static Map<String, String> contents(Path place) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(place.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return contents;
    }

    private Path shippedRoutes() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        for (String file : List.of(
                "after-delivery",
                "assemblyai",
                "calls",
                "deliver",
                "discover",
                "errors",
                "keep",
                "resume",
                "transcribe",
                "zoom-files")) {
            Files.copy(Path.of("routes", file + ".camel.yaml"), routes.resolve(file + ".camel.yaml"));
        }
        return routes;
    }

    /** A round of the whole program with options that the recipes recommend, in a folder of its own. */
    private static Round round(Path folder, Simulator simulator, Map<String, String> options) throws Exception {
        Rounds rounds = new Rounds(folder, simulator).withLogin("oauth").with("zoom.lookback-days", "30");
        options.forEach(rounds::with);
        return rounds.run();
    }

    private static Simulator play() throws IOException {
        return Simulator.start(SimulatorSettings.defaults().withTranscriptionTime(Duration.ofMillis(20)));
    }

    @Test
    void onlyMeetingsWhoseTopicMatchesAreTranscribed() throws Exception {
        try (Simulator simulator = play()) {
            Round round = round(folder, simulator, options("zoom.topics"));

            List<String> topics = round.delivered().stream()
                    .map(entry -> entry.recording().topic())
                    .toList();
            assertTrue(topics.stream().anyMatch(topic -> topic.startsWith("Weekly")), topics::toString);
            assertTrue(
                    topics.stream()
                            .allMatch(topic -> topic.startsWith("Weekly")
                                    || topic.toLowerCase().contains("review")),
                    topics::toString);
        }
    }

    @Test
    void eachHostHasAFolder() throws Exception {
        try (Simulator simulator = play()) {
            Round round = round(folder, simulator, options("output.file-name"));

            for (Entry entry : round.delivered()) {
                assertTrue(entry.outputName().startsWith(entry.recording().host() + "/20"), entry::outputName);
                assertTrue(
                        Files.exists(folder.resolve("transcripts").resolve(entry.outputName() + ".txt")),
                        entry::outputName);
            }
            assertTrue(round.delivered().size() > 10);
        }
    }

    @Test
    void aStepMoreChangesTheTextAndNoOtherFormat() throws Exception {
        Matcher step = Pattern.compile("```yaml\n( +- filter:\n.*?)```", Pattern.DOTALL)
                .matcher(recipes());
        assertTrue(step.find());
        String renders = "                  simple: \"${bean:zoomTranscripts?method=render}\"\n";
        Path routes = shippedRoutes();
        Path deliver = routes.resolve("deliver.camel.yaml");
        Files.writeString(deliver, Files.readString(deliver).replace(renders, renders + step.group(1)));
        try (Simulator simulator = play()) {
            Round round = rounds(folder, simulator)
                    .with("output.formats", "txt,json,md")
                    .run(routes);

            for (Entry entry : round.delivered()) {
                for (String format : List.of("txt", "md")) {
                    String text =
                            Files.readString(folder.resolve("transcripts").resolve(entry.outputName() + "." + format));
                    assertTrue(text.stripTrailing().endsWith("\n(Written by a machine.)"), text);
                }
                new ObjectMapper()
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .readTree(folder.resolve("transcripts")
                                .resolve(entry.outputName() + ".json")
                                .toFile());
            }
            assertTrue(round.delivered().size() > 2);
        }
    }

    @Test
    void severalAccountsAreSeveralFolders() throws Exception {
        try (Simulator one = play();
                Simulator another = play()) {
            one.addMeeting("Ours", one.recordings().get(0).host(), Duration.ofMinutes(1), false);
            another.addMeeting("Theirs", another.recordings().get(0).host(), Duration.ofMinutes(1), false);

            List<Entry> ours = round(folder.resolve("one"), one, Map.of("zoom.topics", "Ours,Theirs"))
                    .delivered();
            List<Entry> theirs = round(folder.resolve("another"), another, Map.of("zoom.topics", "Ours,Theirs"))
                    .delivered();

            assertEquals(
                    List.of("Ours"),
                    ours.stream().map(entry -> entry.recording().topic()).toList());
            assertEquals(
                    List.of("Theirs"),
                    theirs.stream().map(entry -> entry.recording().topic()).toList());
        }
    }

    private static Map<String, String> options(String name) throws IOException {
        return options(name, "");
    }

    /**
     * The option as the recipes set it in a sentence.
     *
     * @param start of its value
     */
    private static Map<String, String> options(String name, String start) throws IOException {
        Matcher option = Pattern.compile("`" + Pattern.quote(name + "=") + "(" + Pattern.quote(start) + "[^`]+)`")
                .matcher(recipes());
        assertTrue(option.find(), name);
        return Map.of(name, option.group(1));
    }
}
