package io.github.zoomtranscriber.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static final Map<String, String> SECRETS = Map.of(
            "zoom.account-id",
            "acc",
            "zoom.client-id",
            "cli",
            "zoom.client-secret",
            "s3cret-oauth",
            "assemblyai.api-key",
            "s3cret-aai");
    private static final Map<String, String> JWT = Map.of("zoom.api-key", "key", "zoom.api-secret", "s3cret-jwt");

    @TempDir
    Path folder;

    @Test
    void theDocumentedOptionsAreExactlyTheDeclaredOnes() throws IOException {
        Properties documented = new Properties();
        documented.load(Files.newBufferedReader(Path.of("application.properties")));

        Set<String> ours = documented.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("camel."))
                .collect(Collectors.toSet());

        assertEquals(
                new TreeSet<>(OptionDeclarations.ALL.stream().map(Option::name).toList()), new TreeSet<>(ours));
    }

    @Test
    void everyOptionIsExplainedInOneLineAboveIt() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("application.properties"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("(?!camel\\.)[a-z].*")) {
                assertTrue(lines.get(i - 1).matches("# (?!---).+"), "no comment: " + lines.get(i));
                assertFalse(
                        lines.get(i - 2).startsWith("# ") && !lines.get(i - 2).startsWith("# ---"),
                        "two lines of comment: " + lines.get(i));
            }
        }
    }

    @Test
    void withTheSecretsAloneEverythingElseIsTheDefault() {
        Options options = with(Map.of());

        assertEquals("oauth", options.get("zoom.auth"));
        assertEquals(7, options.number("zoom.lookback-days"));
        assertEquals(1.19, options.decimal("transcribe.delay-growth"));
        assertEquals(Duration.ofMinutes(15), options.duration("transcribe.lease"));
        assertEquals(List.of("md", "json"), options.list("output.formats"));
        assertEquals(List.of(), options.list("zoom.topics"));
        assertTrue(options.flag("routes.reload"));
        assertEquals("default", options.source("zoom.lookback-days"));
    }

    @Test
    void anOverrideBeatsTheEnvironmentAndThatTheFileAndThatTheDefault() throws IOException {
        Path file = file("zoom.page-size=11\nzoom.wait-days=12\nzoom.lookback-days=13\n");
        Map<String, String> environment = Map.of("ZOOM_PAGE_SIZE", "21", "ZOOM_WAIT_DAYS", "22");
        Map<String, String> overrides = new HashMap<>(SECRETS);
        overrides.put("zoom.page-size", "31");

        Options options = Options.load(file, environment, overrides);

        assertEquals("31 from override", fromWhere(options, "zoom.page-size"));
        assertEquals("22 from ZOOM_WAIT_DAYS", fromWhere(options, "zoom.wait-days"));
        assertEquals("13 from " + file, fromWhere(options, "zoom.lookback-days"));
        assertEquals("0 from default", fromWhere(options, "zoom.minimum-minutes"));
    }

    @Test
    void anEmptyVariableOverridesNothing() {
        Options options = Options.load(null, Map.of("ZOOM_PAGE_SIZE", "", "ZOOM_WAIT_DAYS", " "), SECRETS);

        assertEquals(300, options.number("zoom.page-size"));
        assertEquals(14, options.number("zoom.wait-days"));
    }

    @Test
    void otherVariablesThatBeginLikeOursAreNotOurs() {
        Options.load(null, Map.of("ZOOM_HOME", "/opt/zoom", "ASSEMBLYAI_MODEL", "x"), SECRETS);
    }

    @Test
    void aValueIsTakenWithoutTheBlanksAroundIt() throws IOException {
        Options options = Options.load(file("zoom.page-size = 30  \n"), Map.of(), SECRETS);

        assertEquals("30", options.get("zoom.page-size"));
    }

    @Test
    void theFileIsReadAsUtf8WithOrWithoutAMark() throws IOException {
        Options options = Options.load(file("\uFEFFzoom.topics=Tagung Köln*,定例会議\n"), Map.of(), SECRETS);

        assertEquals(List.of("Tagung Köln*", "定例会議"), options.list("zoom.topics"));
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Path file = folder.resolve("application.properties");
        Files.write(file, "output.directory=Köln\n".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(List.of(file + ": expected a UTF-8 file"), problems(file, Map.of(), SECRETS));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("nowhere.properties");

        assertEquals(List.of(file + ": expected a readable file"), problems(file, Map.of(), SECRETS));
    }

    @Test
    void aWindowsPathThatJavaCannotReadIsExplained() throws IOException {
        Path file = file("output.directory=C:\\users\\me\n");

        assertEquals(
                List.of(file + ": contains an invalid \\u escape; in paths write / or \\\\"),
                problems(file, Map.of(), SECRETS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            zoom.page-size           | 301           | a whole number from 1 to 300
            zoom.page-size           | many          | a whole number from 1 to 300
            zoom.lookback-days       | 0             | a whole number from 1 to 180
            zoom.lookback-days       | -7            | a whole number from 1 to 180
            zoom.auth                | basic         | nothing or oauth or jwt
            zoom.product             | webinars      | meetings or video-sdk
            zoom.jwt-lifetime        | 2h            | a duration from 30s to 1h, such as 500ms, 5s, 15m, 2h or 1d
            zoom.download-token-ttl  | 8d            | a duration from 1m to 7d, such as 500ms, 5s, 15m, 2h or 1d
            resume.every             | 10            | a duration from 100ms to 1h, such as 500ms, 5s, 15m, 2h or 1d
            resume.every             | soon          | a duration from 100ms to 1h, such as 500ms, 5s, 15m, 2h or 1d
            resume.every             | 10 s          | a duration from 100ms to 1h, such as 500ms, 5s, 15m, 2h or 1d
            zoom.api-url             | api.zoom.us   | a URL such as https://host/path (http only for this machine; no user, no query)
            zoom.api-url             | http://zoom.us | a URL such as https://host/path (http only for this machine; no user, no query)
            zoom.oauth-url           | ftp://zoom.us | a URL such as https://host/path (http only for this machine; no user, no query)
            zoom.oauth-url           | https://a b   | a URL such as https://host/path (http only for this machine; no user, no query)
            assemblyai.api-url       | https://h/?k=v | a URL such as https://host/path (http only for this machine; no user, no query)
            zoom.schedule            | */15 * * * *  | a Quartz cron expression of six or seven fields, the first being seconds, such as 0 0/15 * * * ?
            zoom.schedule            | often         | a Quartz cron expression of six or seven fields, the first being seconds, such as 0 0/15 * * * ?
            zoom.download-hosts      | https://zoom.us | host names such as zoom.us, without https://, port or *
            zoom.download-hosts      | us            | host names such as zoom.us, without https://, port or *
            zoom.download-hosts      | `,`           | host names such as zoom.us, without https://, port or *
            zoom.users               | me            | nothing, a single *, or user IDs and emails separated by commas ("me" does not exist for an app)
            zoom.users               | *,a@x.org     | nothing, a single *, or user IDs and emails separated by commas ("me" does not exist for an app)
            zoom.recording-types     | audio_only,chat_file | recording types of files that contain audio, such as audio_only or gallery_view
            zoom.recording-types     | ``            | recording types of files that contain audio, such as audio_only or gallery_view
            transcribe.delay-growth  | 1             | a number greater than 1 and at most 10
            transcribe.delay-growth  | 1,2           | a number greater than 1 and at most 10
            retry.growth             | 0.9           | a number from 1 to 10
            assemblyai.hand-off      | ftp           | auto or token or link or upload
            output.formats           | md,docx       | one or more of md, txt, srt, vtt, html, json
            output.formats           | ``            | one or more of md, txt, srt, vtt, html, json
            output.time-zone         | Berlin        | nothing, or a time zone such as Europe/Berlin or UTC
            output.directory         | ``            | the path of a folder
            output.file-name         | ../${topic}   | a path below output.directory such as ${date}/${topic}
            output.file-name         | /${topic}     | a path below output.directory such as ${date}/${topic}
            output.file-name         | ${topic       | a path below output.directory such as ${date}/${topic}
            routes.reload            | yes           | true or false
            queue                    | recordings    | a Camel endpoint URI such as seda:recordings
            ledger.url               | data/ledger   | a JDBC URL such as jdbc:postgresql://host/database
            """)
    void aWrongValueIsOneLineThatSaysWhatIsExpected(String option, String value, String expected) {
        assertEquals(
                List.of(option + " = " + value + " (override): expected " + expected), problems(Map.of(option, value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            zoom.api-url         | http://127.0.0.1:8080/v2/ | http://127.0.0.1:8080/v2
            zoom.oauth-url       | http://localhost:1/oauth/token | http://localhost:1/oauth/token
            zoom.oauth-url       | http://[::1]:80/t         | http://[::1]:80/t
            zoom.users           | a@x.org, b@x.org,         | a@x.org,b@x.org
            zoom.users           | *                         | *
            zoom.download-hosts  | Zoom.US,localhost         | zoom.us,localhost
            zoom.recording-types | a_type_of_2027            | a_type_of_2027
            zoom.schedule        | 0 0 6 ? * MON-FRI         | 0 0 6 ? * MON-FRI
            resume.every         | 1m30s                     | 1m30s
            output.formats       | JSON,md,json              | json,md
            output.file-name     | ${host}/${date} ${topic}  | ${host}/${date} ${topic}
            ledger.url           | jdbc:postgresql://h/db    | jdbc:postgresql://h/db
            queue                | jms:recordings?asyncConsumer=true | jms:recordings?asyncConsumer=true
            """)
    void aRightValueIsTakenInItsNormalForm(String option, String value, String taken) {
        assertEquals(taken, with(Map.of(option, value)).get(option));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws IOException {
        Path file = file("zoom.page-size=0\nzoom.lokback-days=3\n");

        List<String> problems = problems(file, Map.of("ZOOM_SCHEDULE", "never"), Map.of("output.formats", "pdf"));

        assertEquals(
                List.of(
                        "zoom.lokback-days",
                        "zoom.schedule",
                        "zoom.page-size",
                        "output.formats",
                        "zoom.client-secret",
                        "assemblyai.api-key"),
                problems.stream().map(line -> line.split(" ")[0]).toList());
        assertTrue(problems.stream().noneMatch(line -> line.contains("\n")));
        assertTrue(problems.get(1).contains("(ZOOM_SCHEDULE)"), problems.get(1));
        assertTrue(problems.get(2).contains("(" + file + ")"), problems.get(2));
    }

    @ParameterizedTest
    @CsvSource({
        "zoom.lookbackdays, zoom.lookback-days",
        "zoom.apiUrl, zoom.api-url",
        "assemblyai.key, assemblyai.api-key",
        "assembly.api-key, assemblyai.api-key",
        "zom.users, zoom.users",
        "outptu.directory, output.directory"
    })
    void aMisspeltOptionIsAnErrorWithTheRightName(String misspelt, String meant) {
        List<String> problems = problems(Map.of(misspelt, "x"));

        assertEquals(List.of(misspelt + " (override): unknown option; did you mean " + meant + "?"), problems);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack.webhook", "camel.component.slack.token", "output2.directory", "my-bucket"})
    void whatIsNotOursGoesThroughUntouched(String name) throws IOException {
        Options options = Options.load(file(name + "= {{x}} y \n"), Map.of(), SECRETS);

        assertEquals("{{x}} y ", options.get(name));
        assertEquals("{{x}} y ", options.toProperties().getProperty(name));
        assertTrue(options.names().contains(name));
    }

    @Test
    void whatIsNotOursCanComeFromTheEnvironmentToo() throws IOException {
        Options options = Options.load(file("slack.channel=#here\n"), Map.of("SLACK_CHANNEL", "#there"), SECRETS);

        assertEquals("#there from SLACK_CHANNEL", fromWhere(options, "slack.channel"));
    }

    @Test
    void aLedgerThatWouldLoseItsLastWritesIsRefusedWithTheReason() {
        String url = "jdbc:h2:file:./x;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";

        assertEquals(
                List.of("ledger.url = " + url
                        + " (override): expected WRITE_DELAY=0 in it: otherwise a crash loses H2's last "
                        + "half second, and recordings are transcribed and charged twice"),
                problems(Map.of("ledger.url", url)));
        with(Map.of("ledger.url", url + ";write_delay=0"));
    }

    @Test
    void aLedgerThatDoesNotUnderstandOurSqlIsRefused() {
        List<String> problems = problems(Map.of("ledger.url", "jdbc:h2:./x;WRITE_DELAY=0"));

        assertTrue(problems.get(0).contains("expected MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE in it"), problems.get(0));
    }

    @Test
    void aLeaseThatEndsBetweenTwoLooksIsRefused() {
        assertEquals(
                List.of("transcribe.lease = 5m: expected more than transcribe.longest-delay (5m), "
                        + "or a recording could be transcribed twice"),
                problems(Map.of("transcribe.lease", "5m")));
    }

    @Test
    void aFirstDelayOverTheLongestIsRefused() {
        assertEquals(
                List.of(
                        "transcribe.first-delay = 6m: expected at most transcribe.longest-delay (5m)",
                        "retry.first-delay = 3m: expected at most retry.longest-delay (2m)"),
                problems(Map.of("transcribe.first-delay", "6m", "retry.first-delay", "3m")));
    }

    @Test
    void theLoginIsTheOneWhoseSecretsAreSet() {
        Map<String, String> values = new HashMap<>(JWT);
        values.put("assemblyai.api-key", "k");

        Options options = Options.load(null, Map.of(), values);

        assertEquals("jwt from derived from the secrets that are set", fromWhere(options, "zoom.auth"));
        assertEquals("jwt", options.toProperties().getProperty("zoom.auth"));
    }

    @Test
    void whereBothAreSetTheLoginMustBeNamed() {
        assertEquals(
                List.of("zoom.auth = : expected oauth or jwt, because the secrets of both are set"), problems(JWT));
        Map<String, String> named = new HashMap<>(JWT);
        named.put("zoom.auth", "JWT");
        assertEquals("jwt", with(named).get("zoom.auth"));
    }

    @Test
    void withoutAnyLoginBothWaysAreNamed() {
        assertEquals(
                List.of(
                        "zoom.client-secret is not set: expected zoom.account-id, zoom.client-id, zoom.client-secret (Server-to-Server "
                                + "OAuth), or zoom.api-key and zoom.api-secret (JWT), in the environment as ZOOM_ACCOUNT_ID, "
                                + "ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET",
                        "assemblyai.api-key is not set: expected AssemblyAI's API key, in the environment as ASSEMBLYAI_API_KEY"),
                problems(null, Map.of(), Map.of()));
    }

    @Test
    void aHalfLoginIsNamedByWhatIsMissing() {
        assertEquals(
                List.of(
                        "zoom.client-secret is not set: expected zoom.account-id, zoom.client-id, zoom.client-secret for "
                                + "Server-to-Server OAuth"),
                problems(Map.of("zoom.client-secret", "")));
        assertEquals(
                List.of("zoom.api-key and zoom.api-secret are not set: expected zoom.api-key, zoom.api-secret for JWT"),
                problems(Map.of("zoom.auth", "jwt")));
    }

    @Test
    void theVideoSdkNeedsAJwt() {
        assertEquals(
                List.of(
                        "zoom.product = video-sdk: expected zoom.api-key and zoom.api-secret (JWT), because Zoom\'s Video SDK "
                                + "has no Server-to-Server OAuth"),
                problems(Map.of("zoom.product", "video-sdk")));
    }

    @Test
    void aCommandThatCallsNobodyNeedsNoSecrets() {
        Options options = Options.loadWithoutLogins(null, Map.of(), Map.of());

        assertEquals("", options.get("zoom.auth"));
        assertThrows(
                ConfigurationException.class,
                () -> Options.loadWithoutLogins(null, Map.of(), Map.of("zoom.page-size", "0")));
    }

    @Test
    void aSecretCanBeTheContentOfAFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), " s3cret-file \n");

        Options options = with(Map.of("assemblyai.api-key", "file:" + secret));

        assertEquals("s3cret-file", options.get("assemblyai.api-key"));
        assertEquals("***", options.shown("assemblyai.api-key"));
    }

    @Test
    void aSecretsFileThatCannotBeReadIsNamed() {
        Path missing = folder.resolve("missing");

        assertEquals(
                List.of("assemblyai.api-key (override): expected a readable file that holds the secret at " + missing),
                problems(Map.of("assemblyai.api-key", "file:" + missing)));
    }

    @Test
    void aValueCanReferToTheEnvironmentOrAVaultAsItCanInARoute() throws IOException {
        Options options =
                Options.load(file("my.root=/srv\noutput.directory={{my.root}}/{{env:PATH}}\n"), Map.of(), SECRETS);

        assertEquals("/srv/" + System.getenv("PATH"), options.get("output.directory"));
    }

    @Test
    void aReferenceToNothingIsNamedWithoutShowingASecret() {
        assertEquals(
                List.of(
                        "assemblyai.api-key (override): expected every {{...}} in it to be defined",
                        "output.directory = {{nowhere}} (override): expected every {{...}} in it to be defined"),
                problems(Map.of("assemblyai.api-key", "{{s3cret}}", "output.directory", "{{nowhere}}")));
    }

    @Test
    void anAddressThatWouldTakeInATopicOrHideARefusalIsRefused() {
        assertEquals(
                List.of(
                        "output.notify = https://h.example/*** (override): expected addresses without throwExceptionOnFailure=false: what a "
                                + "server refuses would count as taken",
                        "output.then = direct:a,,direct:b (override): expected addresses, with one comma between two of them",
                        "output.to = sftp:h/${header.CamelFileName} (override): expected addresses without ${...}: the file's name travels in "
                                + "the header CamelFileName, for what else there is name a route of yours, such as direct:my-route"),
                problems(Map.of(
                                "output.to", "sftp:h/${header.CamelFileName}",
                                "output.then", "direct:a,,direct:b",
                                "output.notify", "https://h.example/hook?throwExceptionOnFailure=false"))
                        .stream()
                        .sorted()
                        .toList());
    }

    @Test
    void anAddressOfTheUsersIsShownWithoutWhatMayBeASecretInIt() throws IOException {
        Options options = Options.load(
                file(
                        "my.chat = https://chat.example/services/T0/s3cret\noutput.notify = https://h.example:8443/s3cret?k=v\n"
                                + "output.then = direct:a, https://h.example?k=s3cret,jms:queue:b\n"),
                Map.of(),
                SECRETS);

        assertEquals("https://chat.example/***", options.shown("my.chat"));
        assertEquals("https://h.example:8443/***", options.shown("output.notify"));
        assertEquals("direct:a, https://h.example/***,jms:queue:b", options.shown("output.then"));
    }

    @Test
    void aReferenceThatIsCutOffIsNotTakenForAWholeOne() {
        assertEquals(
                List.of(
                        "assemblyai.api-key (override): expected every {{ in it to be closed by }}",
                        "output.directory = {{env:PATH (override): expected every {{ in it to be closed by }}"),
                problems(Map.of("assemblyai.api-key", "{{vault:s3cret", "output.directory", "{{env:PATH")));
    }

    @Test
    void noSecretIsEverShown() throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), "s3cret-1\ns3cret-2");
        Map<String, String> values = Map.of(
                "zoom.client-secret",
                "s3cret\nx",
                "assemblyai.api-key",
                "file:" + secret,
                "ledger.url",
                "mysql://h/db?user=u&password=s3cret",
                "zoom.api-url",
                "ftp://u:s3cret@zoom.us",
                "assemblyai.options",
                "{\"webhook_auth_header_value\":\"s3cret a\"}",
                "queue",
                "password=s3cret");

        ConfigurationException e = assertThrows(ConfigurationException.class, () -> with(values));

        assertEquals(6, e.problems().size(), e.getMessage());
        assertFalse(e.getMessage().contains("s3cret"), e.getMessage());
        assertFalse(e.toString().contains("s3cret"), e.toString());
    }

    @Test
    void secretsAreKnownByDeclarationAndThoseOfOthersByTheirName() throws IOException {
        Options options = Options.load(
                file("slack.token=s3cret\nslack.api-secret=s3cret\nslack.channel=#a\n"), Map.of(), SECRETS);

        assertEquals(
                Set.of(
                        "zoom.client-secret",
                        "zoom.webhook-secret",
                        "zoom.api-secret",
                        "assemblyai.api-key",
                        "ledger.password",
                        "server.token",
                        "slack.token",
                        "slack.api-secret"),
                options.names().stream().filter(options::isSecret).collect(Collectors.toSet()));
        assertEquals("***", options.shown("slack.token"));
        assertEquals("", options.shown("zoom.api-secret"));
        assertEquals(
                "jdbc:postgresql://h/d?password=***",
                with(Map.of("ledger.url", "jdbc:postgresql://h/d?password=s3cret"))
                        .shown("ledger.url"));
    }

    @Test
    void anOptionThatNobodyDeclaredCannotBeAskedFor() {
        assertThrows(IllegalArgumentException.class, () -> with(Map.of()).get("zoom.nothing"));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("application.properties"), text);
    }

    private static Options with(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(SECRETS);
        all.putAll(values);
        return Options.load(null, Map.of(), all);
    }

    private static List<String> problems(Map<String, String> values) {
        return assertThrows(ConfigurationException.class, () -> with(values)).problems();
    }

    private static List<String> problems(Path file, Map<String, String> environment, Map<String, String> overrides) {
        return assertThrows(ConfigurationException.class, () -> Options.load(file, environment, overrides))
                .problems();
    }

    private static String fromWhere(Options options, String name) {
        return options.get(name) + " from " + options.source(name);
    }
}
