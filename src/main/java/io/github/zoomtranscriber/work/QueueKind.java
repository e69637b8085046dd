package io.github.zoomtranscriber.work;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which components can be a node's {@code queue}: those whose consumers let a recording go while it is worked on. All
 * others would hold their thread until it is done, and transcribe one after the other.
 */
public final class QueueKind {

    private static final Set<String> ASYNCHRONOUS = Set.of("seda", "disruptor", "disruptor-vm", "file");
    private static final Set<String> IF_ASKED =
            Set.of("jms", "activemq", "activemq6", "amqp", "sjms", "sjms2", "spring-rabbitmq");
    private static final Pattern SCHEME = Pattern.compile("^([a-z0-9+.-]+):.*", Pattern.DOTALL);
    private static final Pattern ASKED = Pattern.compile("[?&]asyncConsumer=true(?:&|$)");

    private QueueKind() {}

    /**
     * What speaks against an endpoint as {@code queue}.
     *
     * @param uri its address
     * @return what to do instead; empty if nothing speaks against it
     */
    public static Optional<String> objection(String uri) {
        Matcher scheme = SCHEME.matcher(uri);
        if (!scheme.matches() || ASYNCHRONOUS.contains(scheme.group(1))) {
            return Optional.empty();
        }
        boolean canBeAsked = IF_ASKED.contains(scheme.group(1));
        if (canBeAsked && ASKED.matcher(uri).find()) {
            return Optional.empty();
        }
        return Optional.of("queue = " + scheme.group(1)
                + ":... transcribes one recording after the other, as its consumer waits for each: "
                + (canBeAsked ? "add asyncConsumer=true, or " : "")
                + "leave queue as it is by default, and name this broker in queue.out and queue.in");
    }
}
