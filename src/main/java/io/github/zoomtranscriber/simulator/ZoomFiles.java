package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The files that Zoom puts beside the sound of a meeting: who spoke when, the chat, its own transcript and summary. */
final class ZoomFiles {

    private ZoomFiles() {}

    /**
     * A TIMELINE: who was heard from {@code ts} on. As Zoom notices a voice a little late, and sometimes hears two at
     * once, so does this.
     */
    static String timeline(Talk talk) {
        ArrayNode timeline = Json.array();
        List<Talk.Line> lines = talk.lines();
        for (int i = 0; i < lines.size(); i++) {
            Talk.Line line = lines.get(i);
            int late = Seeds.below(400, line.start(), line.text());
            boolean overlap = i > 0
                    && line.start() - lines.get(i - 1).end() < 450
                    && !talk.device(line.speaker())
                            .equals(talk.device(lines.get(i - 1).speaker()));
            if (overlap) {
                timeline.add(entry(
                        line.start() + late / 4, talk, List.of(lines.get(i - 1).speaker(), line.speaker())));
            }
            timeline.add(entry(line.start() + late, talk, List.of(line.speaker())));
            int next = i + 1 < lines.size() ? lines.get(i + 1).start() : Integer.MAX_VALUE;
            if (next - line.end() > 2_500) {
                timeline.add(entry(line.end() + 1_200, talk, List.of()));
            }
        }
        ObjectNode json = Json.object();
        json.set("timeline", timeline);
        return json.toString();
    }

    private static ObjectNode entry(int at, Talk talk, List<String> heard) {
        ObjectNode entry = Json.object().put("ts", Captions.time(at, '.'));
        ArrayNode users = entry.putArray("users");
        for (String device : heard.stream().map(talk::device).distinct().toList()) {
            users.addObject()
                    .put("username", device)
                    .put("multiple_people", talk.devices().containsValue(device))
                    .put("email_address", "")
                    .put("zoom_userid", Seeds.letters(22, 0, device))
                    .put("user_id", 16_778_240 + Seeds.below(9_000, 0, device) * 1_024)
                    .put("client_type", 2);
        }
        return entry;
    }

    /** A timeline that no one can use: a time that is none, an entry without users, a name that nobody has. */
    static String oddTimeline(Talk talk) {
        ObjectNode json = Json.object();
        ArrayNode timeline = json.putArray("timeline");
        timeline.addObject().put("ts", "soon");
        timeline.addObject().put("ts", "00:00:09.000").putNull("users");
        timeline.addObject()
                .put("ts", "99:00:00.000")
                .putArray("users")
                .addObject()
                .put("username", "")
                .put("multiple_people", false);
        talk.lines().stream().limit(1).forEach(line -> timeline.addObject()
                .put("ts", Captions.time(line.start(), '.'))
                .putArray("users")
                .addObject()
                .put("user_id", 16_778_240));
        return json.toString();
    }

    static String chat(Talk talk) {
        StringBuilder text = new StringBuilder();
        for (Talk.ChatLine line : talk.chat()) {
            text.append(Captions.time(line.at(), '.'), 0, 8)
                    .append('\t')
                    .append(line.sender())
                    .append(":\t")
                    .append(line.text())
                    .append("\r\n");
        }
        return text.toString();
    }

    /** Zoom's own transcript, with names. */
    static String vtt(Talk talk) {
        StringBuilder text = new StringBuilder("WEBVTT\r\n");
        int number = 0;
        for (Talk.Line line : talk.lines()) {
            text.append("\r\n")
                    .append(++number)
                    .append("\r\n")
                    .append(Captions.time(line.start(), '.'))
                    .append(" --> ")
                    .append(Captions.time(line.end(), '.'))
                    .append("\r\n")
                    .append(talk.device(line.speaker()))
                    .append(": ")
                    .append(line.text())
                    .append("\r\n");
        }
        return text.toString();
    }

    static String summary(String topic, Talk talk) {
        ObjectNode json = Json.object().put("summary_title", topic);
        ArrayNode details = json.putArray("summary_details");
        talk.lines().stream().filter(line -> line.words().size() > 12).limit(3).forEach(line -> details.addObject()
                .put("label", line.speaker())
                .put("summary", line.text()));
        return json.toString();
    }
}
