package io.github.zoomtranscriber.options;

import static io.github.zoomtranscriber.options.Option.require;

import io.github.zoomtranscriber.http.Loopback;
import io.github.zoomtranscriber.transcript.Format;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quartz.CronExpression;

/** The checks that take more than a line. For what each takes, returns and throws see {@link Option#check()}. */
final class OptionChecks {
    private static final SortedSet<String> ZOOM_FILES = new TreeSet<>(Set.of(
            "audio_transcript",
            "cc_transcript",
            "closed_caption",
            "chat_file",
            "poll",
            "timeline",
            "summary",
            "summary_next_steps",
            "summary_smart_chapters"));
    static final String HOST = "host names such as zoom.us, without https://, port or *";
    static final String RECORDING_TYPE =
            "recording types of files that contain audio, such as audio_only or gallery_view";
    static final String FORMAT = "one or more of "
            + Arrays.stream(Format.values()).map(Format::extension).collect(Collectors.joining(", "));

    static final String[] LEVELS = {"error", "warn", "info", "debug", "trace", "off"};

    private static final Pattern LOGGER = Pattern.compile("[\\w$]+(\\.[\\w$]+)*");
    /** These loggers write everything that goes over the wire, secrets included: they stay off. */
    private static final Pattern WIRE = Pattern.compile("org\\.apache\\.hc\\.client5\\.http\\.(wire|headers)(\\..*)?");

    private static final Pattern HOST_NAME = Pattern.compile("localhost|[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[a-zA-Z][a-zA-Z-]*}");
    /** Zoom's files without audio (its documents of 2026), which AssemblyAI could only reject. */
    private static final Set<String> WITHOUT_SOUND = Set.of(
            "audio_transcript",
            "cc_transcript",
            "local_transcript",
            "original_transcript",
            "closed_caption",
            "chat_file",
            "chat_message",
            "timeline",
            "thumbnail",
            "poll",
            "summary",
            "summary_next_steps",
            "summary_smart_chapters");

    private OptionChecks() {}

    static String url(String value) {
        String expected = "a URL such as https://host/path (http only for this machine; no user, no query)";
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected);
        }
        require(
                uri.getHost() != null
                        && uri.getPort() <= 65_535
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null,
                expected);
        require(
                "https".equalsIgnoreCase(uri.getScheme())
                        || "http".equalsIgnoreCase(uri.getScheme()) && Loopback.is(uri.getHost()),
                expected);
        return value.replaceAll("/+$", "");
    }

    /** A topic or a text never becomes part of an address, where it could be read as an option of it. */
    static String endpoints(String value) {
        require(
                !value.contains("${"),
                "addresses without ${...}: the file's name travels in the header CamelFileName, for what else there is "
                        + "name a route of yours, such as direct:my-route");
        require(
                value.isEmpty() || Arrays.stream(value.split(",", -1)).noneMatch(String::isBlank),
                "addresses, with one comma between two of them");
        require(
                !value.contains("throwExceptionOnFailure=false"),
                "addresses without throwExceptionOnFailure=false: what a server refuses would count as taken");
        return Option.oneLine(value);
    }

    static String webhook(String value) {
        return value.isEmpty() ? value : url(value);
    }

    static String loggerLevel(String value) {
        String[] parts = value.split("=", -1);
        require(
                parts.length == 2
                        && LOGGER.matcher(parts[0].strip()).matches()
                        && List.of(LEVELS).contains(parts[1].strip().toLowerCase(Locale.ROOT)),
                "items such as org.apache.camel=debug, each with one of the levels " + String.join(", ", LEVELS));
        require(
                !WIRE.matcher(parts[0].strip()).matches(),
                "no level for " + parts[0].strip() + ", because it logs secrets");
        return parts[0].strip() + "=" + parts[1].strip().toLowerCase(Locale.ROOT);
    }

    static String host(String value) {
        String host = value.toLowerCase(Locale.ROOT);
        require(HOST_NAME.matcher(host).matches(), HOST);
        return host;
    }

    static String port(String value) {
        require(
                value.isEmpty() || value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535,
                "nothing (no server), a port from 1 to 65535, or 0 for any free port");
        return value;
    }

    /** The address that a server listens on: a name or a number. */
    static String address(String value) {
        require(
                value.matches("[A-Za-z0-9.:_-]+"),
                "a host name or address of this machine, such as 127.0.0.1 or 0.0.0.0");
        return value;
    }

    static String cron(String value) {
        try {
            new CronExpression(value);
            return value;
        } catch (ParseException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "a Quartz cron expression of six or seven fields, the first being seconds, "
                            + "such as 0 0/15 * * * ?");
        }
    }

    static String users(String value) {
        List<String> users = Option.items(value);
        require(
                users.stream()
                                .noneMatch(user ->
                                        user.equals("me") || user.chars().anyMatch(Character::isWhitespace))
                        && (users.size() < 2 || !users.contains("*")),
                "nothing, a single *, or user IDs and emails separated by commas (\"me\" does not exist for an app)");
        return String.join(",", users);
    }

    static String recordingType(String value) {
        require(
                value.matches("[A-Za-z0-9_()]+") && !WITHOUT_SOUND.contains(value.toLowerCase(Locale.ROOT)),
                RECORDING_TYPE);
        return value;
    }

    /** Text files only: neither audio nor images are saved beside a transcript. */
    static String zoomFile(String value) {
        require(ZOOM_FILES.contains(value), "one of Zoom's own files: " + String.join(", ", ZOOM_FILES));
        return value;
    }

    static String format(String value) {
        return Arrays.stream(Format.values())
                .map(Format::extension)
                .filter(value::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(FORMAT));
    }

    static String timeZone(String value) {
        try {
            return value.isEmpty() ? value : ZoneId.of(value).getId();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("nothing, or a time zone such as Europe/Berlin or UTC");
        }
    }

    static String directory(String value) {
        String expected = "the path of a folder";
        require(!value.isEmpty(), expected);
        try {
            Path.of(Option.oneLine(value));
            return value;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(expected);
        }
    }

    /** Checks the form only: the code that makes file names knows which placeholders exist. */
    static String fileName(String value) {
        String fixed = PLACEHOLDER.matcher(Option.oneLine(value)).replaceAll("x");
        require(
                !fixed.isEmpty()
                        && !fixed.startsWith("/")
                        && !fixed.endsWith("/")
                        && !fixed.matches(".*[{}$\\\\:].*")
                        && Arrays.stream(fixed.split("/"))
                                .noneMatch(part -> part.isBlank() || part.equals(".") || part.equals("..")),
                "a path below output.directory such as ${date}/${topic}");
        return value;
    }

    static String queue(String value) {
        require(value.matches("[a-z][a-z0-9+.-]*:[^\\s]+"), "a Camel endpoint URI such as seda:recordings");
        return value;
    }

    /** May be a statement of SQL. */
    static String endpointOrNone(String value) {
        require(
                value.isEmpty() || value.matches("(?s)[a-z][a-z0-9+.-]*:.+"),
                "a Camel endpoint URI such as kafka:recordings, or nothing");
        return value;
    }

    /** The prefix of route names, endpoint names and, with _ for -, table names. */
    static String prefix(String value) {
        require(
                value.matches("[a-z][a-z0-9-]{0,38}-"),
                "lower-case letters, digits and hyphens, ending with a hyphen, such as zoom-transcriber-");
        return value;
    }

    /**
     * By default H2 writes commits up to 500 ms late: a {@code kill -9} lost 26,000 acknowledged rows, each of which
     * could have been charged twice. The other two settings let the same SQL run on H2 and on PostgreSQL.
     */
    static String ledgerUrl(String value) {
        require(value.matches("jdbc:[a-z0-9+.-]+:\\S*"), "a JDBC URL such as jdbc:postgresql://host/database");
        if (value.startsWith("jdbc:h2:")) {
            Set<String> settings = Arrays.stream(value.split(";"))
                    .skip(1)
                    .map(setting -> setting.strip().toUpperCase(Locale.ROOT))
                    .collect(Collectors.toSet());
            require(
                    value.startsWith("jdbc:h2:mem:") || settings.contains("WRITE_DELAY=0"),
                    "WRITE_DELAY=0 in it: "
                            + "otherwise a crash loses H2's last half second, and recordings are transcribed and charged twice");
            require(
                    settings.contains("MODE=POSTGRESQL") && settings.contains("DATABASE_TO_LOWER=TRUE"),
                    "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE in it, because the ledger speaks PostgreSQL's SQL");
        }
        return value;
    }
}
