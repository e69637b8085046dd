package io.github.zoomtranscriber.reload;

import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * The routes that the commands of this program call. They call them through this enum, so that what {@link RoutesCheck}
 * requires of the routes is what the commands need.
 */
public enum Entrance {

    /** Lists what there is, and takes nothing. */
    SURVEY("direct:survey", "survey", Set.of("tick"), Set.of()),
    /** Asks Zoom what there is, as the schedule does. */
    TICK("direct:discover", "tick", Set.of("tick"), Set.of()),
    /** Has the files of a recording written whose transcript is kept. */
    FINISH("direct:finish", "finish", Set.of("work"), Set.of()),
    /** Makes one call to AssemblyAI. */
    ASSEMBLYAI("direct:assemblyai", "assemblyai", Set.of("call"), Set.of());

    private final String address;
    private final String routeId;
    private final Set<String> given;
    private final Set<String> taken;

    Entrance(String address, String routeId, Set<String> given, Set<String> taken) {
        this.address = address;
        this.routeId = routeId;
        this.given = given;
        this.taken = taken;
    }

    /** The endpoint that the route consumes from. */
    String address() {
        return address;
    }

    /** The id of the route. */
    String routeId() {
        return routeId;
    }

    /** The variables that a caller may set. */
    Set<String> given() {
        return given;
    }

    /** The variables that a caller reads afterwards. */
    Set<String> taken() {
        return taken;
    }

    /**
     * Calls the route and waits for its end.
     *
     * @param variables the variables to set, by name; a value may be null
     * @return the exchange after the route has ended, with its exception if it failed
     * @throws IllegalArgumentException for a variable that is not declared here
     */
    public Exchange call(ProducerTemplate template, Map<String, ?> variables) {
        if (!given.containsAll(variables.keySet())) {
            throw new IllegalArgumentException(this + " is given " + given + ", not " + variables.keySet());
        }
        return template.request(address, exchange -> variables.forEach(exchange::setVariable));
    }
}
