package io.github.zoomtranscriber.command;

import io.github.zoomtranscriber.http.Causes;
import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.ledger.LedgerConnection;
import io.github.zoomtranscriber.ledger.LedgerException;
import io.github.zoomtranscriber.options.Options;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the program where the ledger's database or the queue's broker may not be there yet, as after a reboot in the
 * wrong order: it waits for them, and says so.
 */
final class Startup {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final long LOOK_MS = 1000;
    private static final long REMIND_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int CONNECT_MS = 5000;

    private static final List<String> QUEUES = List.of("queue", "queue.out", "queue.in");
    private static final Pattern OWN_QUEUE = Pattern.compile("(seda|direct|disruptor|disruptor-vm|stub|mock):.*");
    private static final Pattern OURS =
            Pattern.compile("(java|org\\.apache\\.camel|io\\.github\\.zoomtranscriber)\\..*");
    /** A host with its port, in a URL or in a list of them. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\w.-])(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9][\\w.-]*):(\\d{1,5})(?=[/?,;)&\\s]|$)");
    /** Where the samples for several nodes have their broker's address. */
    private static final String BROKER = "broker.url";

    private final Options options;
    private final Duration most;
    private Missing awaited;
    private long begin;
    private long said;

    /**
     * Something that is not there.
     *
     * @param name what it is, with its address
     * @param why how that shows
     */
    private record Missing(String name, String why) {}

    private Startup(Options options, Duration most) {
        this.options = options;
        this.most = most;
    }

    /** For the daemon, which waits for as long as it takes. */
    static Startup patient(Options options) {
        return new Startup(options, null);
    }

    /** For what somebody waits for: no longer than {@code once.wait}. */
    static Startup bounded(Options options) {
        return new Startup(options, options.duration("once.wait"));
    }

    /**
     * Starts, and does so again where something turns out to be missing.
     *
     * @param start leaves nothing behind where it throws
     * @throws AwayException if something was missing for too long
     * @throws Exception what does not pass by itself
     */
    <T> T start(Callable<T> start) throws Exception {
        boolean databaseIsThere = true;
        while (true) {
            Missing missing = databaseIsThere ? null : database();
            missing = missing == null ? broker() : missing;
            if (missing == null) {
                isThere();
                try {
                    return start.call();
                } catch (Exception e) {
                    missing = missing(e);
                    if (missing == null) {
                        throw ofQueue(e);
                    }
                    databaseIsThere = Causes.find(e, LedgerException.class) == null;
                }
            }
            await(missing);
        }
    }

    /** To open a connection is a small part of what a start costs. */
    private Missing database() {
        try {
            LedgerConnection.knock(
                    options.get("ledger.url"), options.get("ledger.username"), options.get("ledger.password"));
            return null;
        } catch (LedgerException e) {
            if (!e.isAway()) {
                throw e;
            }
            return missing(e);
        }
    }

    private Missing missing(Exception thrown) {
        LedgerException ledger = Causes.find(thrown, LedgerException.class);
        if (ledger != null) {
            return ledger.isAway()
                    ? new Missing(
                            "The ledger's database "
                                    + Clean.text(options.get("ledger.url").replaceFirst("[?;].*", "")),
                            ledger.getMessage())
                    : null;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    // Kafka's client resolves the names before all else
                    || String.valueOf(cause.getMessage()).startsWith("No resolvable bootstrap urls")) {
                return new Missing("What a route needs", thrown.getMessage() + ": " + cause);
            }
        }
        return null;
    }

    /** Its client may take its absence easily, or not; and knows its address, but does not say it. */
    private Missing broker() {
        return QUEUES.stream()
                .map(options::get)
                .filter(queue -> !queue.isEmpty() && !OWN_QUEUE.matcher(queue).matches())
                .map(queue -> ADDRESS.matcher(queue).find() || !options.names().contains(BROKER)
                        ? queue
                        : options.get(BROKER))
                .distinct()
                .map(Startup::unreachable)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What the client of a queue of somebody else's does not like is no defect of this program. */
    private Exception ofQueue(Exception thrown) {
        List<String> queues = QUEUES.stream()
                .filter(option -> !options.get(option).isEmpty())
                .filter(option -> !OWN_QUEUE.matcher(options.get(option)).matches())
                .map(option -> option + " = " + options.shown(option))
                .toList();
        List<Throwable> said = Stream.<Throwable>iterate(thrown, Objects::nonNull, Throwable::getCause)
                .filter(cause -> !OURS.matcher(cause.getClass().getName()).matches())
                .toList();
        return queues.isEmpty() || said.isEmpty()
                ? thrown
                : new UsageException(String.join(", ", queues) + ": its client does not start: "
                        + said.stream()
                                .map(cause -> Clean.text(cause.getMessage()))
                                .distinct()
                                .collect(Collectors.joining(": ")));
    }

    /** Of several, one is enough to begin with. */
    private static Missing unreachable(String broker) {
        List<String> answers = ADDRESS.matcher(broker)
                .results()
                .map(address -> connect(address.group(1), Integer.parseInt(address.group(2))))
                .toList();
        return answers.isEmpty() || answers.contains("")
                ? null
                : new Missing(
                        "The queue's broker " + Clean.text(broker),
                        answers.stream().distinct().collect(Collectors.joining(", ")));
    }

    /** @return empty if there is somebody, else what was the matter */
    private static String connect(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), Math.min(port, 65_535));
        if (address.isUnresolved()) {
            return "unknown host " + host;
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MS);
            return "";
        } catch (IOException e) {
            return host + ":" + port + ": " + e.getMessage();
        }
    }

    private void await(Missing missing) throws InterruptedException {
        long now = System.nanoTime();
        if (awaited == null) {
            begin = now;
        }
        if (most != null && now - begin >= most.toNanos()) {
            throw new AwayException(missing.name() + " is not there, after " + options.get("once.wait")
                    + " of waiting (once.wait): " + Clean.text(missing.why()));
        }
        if (awaited == null || !awaited.name().equals(missing.name())) {
            LOG.warn(
                    "{} is not there: waiting for it{}. {}",
                    missing.name(),
                    most == null ? "" : ", for " + options.get("once.wait") + " (once.wait)",
                    Clean.text(missing.why()));
            said = now;
        } else if (now - said > REMIND_NANOS) {
            LOG.warn(
                    "{} is still not there, since {} min. {}",
                    missing.name(),
                    Duration.ofNanos(now - begin).toMinutes(),
                    Clean.text(missing.why()));
            said = now;
        }
        awaited = missing;
        Thread.sleep(LOOK_MS);
    }

    private void isThere() {
        if (awaited != null) {
            LOG.info(
                    "{} is there, after {} s",
                    awaited.name(),
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds());
            awaited = null;
        }
    }
}
