package io.github.zoomtranscriber.work;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.zoomtranscriber.ledger.Event;
import java.util.List;

/** What happened to a recording, as it stands in {@code .error.json} and in what commands say to scripts. */
public final class EventsAsJson {

    private EventsAsJson() {}

    /**
     * An array with an object for each of the events: {@code at}, {@code state}, {@code hand_off}, {@code attempt},
     * {@code reason}, {@code node}.
     */
    public static ArrayNode of(List<Event> events) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> array.addObject()
                .put("at", event.at().toString())
                .put("state", event.state())
                .put("hand_off", event.handOff())
                .put("attempt", event.attempt())
                .put("reason", event.reason())
                .put("node", event.node()));
        return array;
    }
}
