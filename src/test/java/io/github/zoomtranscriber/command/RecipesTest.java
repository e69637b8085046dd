package io.github.zoomtranscriber.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import com.sun.net.httpserver.HttpServer;
import io.github.zoomtranscriber.ledger.Entry;
import io.github.zoomtranscriber.reload.RoutesFolder;
import io.github.zoomtranscriber.simulator.Simulator;
import io.github.zoomtranscriber.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** The README's recipes, as they stand there, each against a real server. */
class RecipesTest {

    @TempDir
    private Path folder;
    private Path transcript;

    @BeforeEach
    void transcript() throws Exception {
        transcript = Files.writeString(folder.resolve("Weekly sync.md"), "Hello, Zoë.");
    }

    /** Runs the recipe in the daemon's way, and hands it what {@code output.notify} is told. */
    private void cook(String recipe, String option, String value, S3Client... clients) throws Exception {
        Matcher yaml = Pattern.compile("```yaml\n(- route:\n    id: " + recipe + "\n.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertTrue(yaml.find(), recipe);
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("mine.camel.yaml"), yaml.group(1));
        Properties properties = new Properties();
        properties.setProperty(option, value);
        try (CamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            for (S3Client client : clients) {
                context.getRegistry().bind("s3", client);
            }
            RoutesFolder mine = new RoutesFolder(routes, Duration.ofSeconds(1), stopped -> { });
            mine.setCamelContext(context);
            mine.load();
            context.start();
            context.createProducerTemplate().sendBody("direct:" + recipe,
                    "{\"topic\":\"Weekly sync\",\"files\":[\"" + transcript.toString().replace('\\', '/') + "\"]}");
        }
    }

    @Test
    void aMessageGoesToAChat() throws Exception {
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            posted.add(exchange.getRequestMethod() + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        chat.start();
        try {
            cook("tell-the-team", "my.chat-webhook", "http://localhost:" + chat.getAddress().getPort() + "/hook");
            assertEquals(List.of("POST {\"text\": \"Transcribed: Weekly sync\"}"), List.copyOf(posted));
        } finally {
            chat.stop(0);
        }
    }

    @Test
    void aMailGoesToTheTeam() throws Exception {
        GreenMail post = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        post.start();
        try {
            cook("mail-it", "my.mail", "smtp://localhost:" + post.getSmtp().getPort() + "?from=zoom@example.org&to=team@example.org");
            assertEquals("Transcript: Weekly sync", post.getReceivedMessages()[0].getSubject());
            assertTrue(post.getReceivedMessages()[0].getContent().toString().contains("Weekly sync.md"));
        } finally {
            post.stop();
        }
    }

    @Test
    void theFilesGoToSftp() throws Exception {
        Path far = Files.createDirectory(folder.resolve("far"));
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("localhost");
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
        server.setPasswordAuthenticator((user, password, session) -> password.equals("only for this test"));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(far));
        server.start();
        try {
            cook("copy-it", "my.copy", "sftp:me@localhost:" + server.getPort() + "/transcripts?password=RAW(only for this test)"
                    + "&knownHostsFile=" + folder.resolve("known").toString().replace('\\', '/') + "&autoCreateKnownHostsFile=true");
            assertEquals("Hello, Zoë.", Files.readString(far.resolve("transcripts/" + transcript.getFileName())));
        } finally {
            server.stop(true);
        }
    }

    @Test
    void theFilesGoToS3() throws Exception {
        LocalS3 server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        server.start();
        URI address = URI.create("http://localhost:" + server.getPort());
        try (S3Client client = S3Client.builder().endpointOverride(address).region(Region.EU_CENTRAL_1).forcePathStyle(true)
                // this server keeps a body as it comes, also one that is sent in chunks
                .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("me", "only for this test"))).build()) {
            client.createBucket(bucket -> bucket.bucket("transcripts"));
            cook("store-it", "my.bucket", "aws2-s3:transcripts", client);
            assertEquals("Hello, Zoë.", client.getObjectAsBytes(object -> object.bucket("transcripts").key(transcript.getFileName().toString())).asUtf8String());
        } finally {
            server.shutdown();
        }
    }

    /** A round of the whole program with options that the README recommends, in a folder of its own. */
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

            List<String> topics = round.delivered().stream().map(entry -> entry.recording().topic()).toList();
            assertTrue(topics.stream().anyMatch(topic -> topic.startsWith("Weekly")), topics::toString);
            assertTrue(topics.stream().allMatch(topic -> topic.startsWith("Weekly") || topic.toLowerCase().contains("review")), topics::toString);
        }
    }

    @Test
    void eachHostHasAFolder() throws Exception {
        try (Simulator simulator = play()) {
            Round round = round(folder, simulator, options("output.file-name"));

            for (Entry entry : round.delivered()) {
                assertTrue(entry.outputName().startsWith(entry.recording().host() + "/20"), entry::outputName);
                assertTrue(Files.exists(folder.resolve("transcripts").resolve(entry.outputName() + ".txt")), entry::outputName);
            }
            assertTrue(round.delivered().size() > 10);
        }
    }

    @Test
    void aStepMoreChangesTheText() throws Exception {
        Matcher step = Pattern.compile("```yaml\n( +- setBody:\n.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertTrue(step.find());
        String renders = "                  simple: \"${bean:zoomTranscripts?method=render}\"\n";
        Path routes = Files.createDirectory(folder.resolve("routes"));
        for (String file : List.of("calls", "deliver", "discover", "errors", "resume", "transcribe")) {
            String text = Files.readString(Path.of("routes", file + ".camel.yaml"));
            Files.writeString(routes.resolve(file + ".camel.yaml"), text.replace(renders, renders + step.group(1)));
        }
        try (Simulator simulator = play()) {
            Round round = new Rounds(folder, simulator).withLogin("oauth").with("zoom.topics", "Weekly*").with("output.formats", "txt").run(routes);

            for (Entry entry : round.delivered()) {
                String text = Files.readString(folder.resolve("transcripts").resolve(entry.outputName() + ".txt"));
                assertTrue(text.stripTrailing().endsWith("\n(Written by a machine.)"), text);
            }
            assertTrue(!round.delivered().isEmpty());
        }
    }

    @Test
    void severalAccountsAreSeveralFolders() throws Exception {
        try (Simulator one = play(); Simulator another = play()) {
            one.addMeeting("Ours", one.recordings().get(0).host(), Duration.ofMinutes(1), false);
            another.addMeeting("Theirs", another.recordings().get(0).host(), Duration.ofMinutes(1), false);

            List<Entry> ours = round(folder.resolve("one"), one, Map.of("zoom.topics", "Ours,Theirs")).delivered();
            List<Entry> theirs = round(folder.resolve("another"), another, Map.of("zoom.topics", "Ours,Theirs")).delivered();

            assertEquals(List.of("Ours"), ours.stream().map(entry -> entry.recording().topic()).toList());
            assertEquals(List.of("Theirs"), theirs.stream().map(entry -> entry.recording().topic()).toList());
        }
    }

    /** The option as the README sets it in a sentence. */
    private static Map<String, String> options(String name) throws IOException {
        Matcher option = Pattern.compile("`" + Pattern.quote(name) + "=([^`]+)`").matcher(Files.readString(Path.of("README.md")));
        assertTrue(option.find(), name);
        return Map.of(name, option.group(1));
    }
}
