package io.github.zoomtranscriber.transcript;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The table of who spoke how long, and when. */
final class HtmlSpeakers {

    /** Steps of a lane: what lies closer together is drawn as one. */
    private static final int STEPS = 1000;

    private final Transcript transcript;
    private final Html html;
    private final long length;

    HtmlSpeakers(Transcript transcript, Html html) {
        this.transcript = transcript;
        this.html = html;
        this.length = Math.max(
                1,
                Math.max(
                        transcript.meeting().length().toMillis(),
                        transcript.turns().stream().mapToLong(Turn::end).max().orElse(0)));
    }

    void write() throws IOException {
        if (transcript.speakers().isEmpty()) {
            return;
        }
        Map<Speaker, StringBuilder> lanes = lanes();
        long all = Math.max(
                1,
                transcript.speakers().stream()
                        .map(Speaker::spoken)
                        .mapToLong(Duration::toMillis)
                        .sum());
        html.raw(
                        "<section aria-labelledby=\"speakers\">\n<h2 id=\"speakers\">Who spoke</h2>\n<div class=\"card\">\n<table role=\"table\">\n")
                .raw("<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Speaker</th>")
                .raw(
                        "<th role=\"columnheader\" scope=\"col\" class=\"number\">Time</th><th role=\"columnheader\" scope=\"col\" class=\"number\">Share</th>")
                .raw(
                        "<th role=\"columnheader\" scope=\"col\" class=\"when\">When</th></tr></thead>\n<tbody role=\"rowgroup\">\n");
        for (Speaker speaker : transcript.speakers()) {
            html.raw("<tr role=\"row\" class=\"" + HtmlFormat.colour(speaker) + "\" data-speaker=\"" + speaker.number()
                            + "\"><th role=\"rowheader\" scope=\"row\"><bdi class=\"name\">")
                    .text(speaker.name())
                    .raw("</bdi> <span class=\"origin\">name ")
                    .text(speaker.origin())
                    .raw("</span></th><td role=\"cell\" class=\"number\">")
                    .raw(Times.length(speaker.spoken()))
                    .raw("</td><td role=\"cell\" class=\"number\">"
                            + Math.round(100.0 * speaker.spoken().toMillis() / all)
                            + " %</td><td role=\"cell\" class=\"when\"><svg class=\"lane\" viewBox=\"0 0 " + STEPS
                            + " 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" data-length=\"" + length
                            + "\"><path d=\"")
                    .raw(lanes.getOrDefault(speaker, new StringBuilder()).toString())
                    .raw("\"/></svg></td></tr>\n");
        }
        html.raw(
                "</tbody>\n</table>\n<p class=\"hint\" hidden>Choose a speaker to see only what that person said; click on a bar to go there.</p>\n</div>\n</section>\n");
    }

    /** One rectangle for each stretch of time, as the path of an SVG. */
    private Map<Speaker, StringBuilder> lanes() {
        Map<Speaker, StringBuilder> lanes = new HashMap<>();
        Map<Speaker, long[]> open = new HashMap<>();
        for (Turn turn : transcript.turns()) {
            if (turn.speaker() != null) {
                long from = turn.start() * STEPS / length;
                long to = Math.max(from + 3, turn.end() * STEPS / length);
                long[] last = open.computeIfAbsent(turn.speaker(), s -> new long[] {from, to});
                if (from > last[1]) {
                    draw(lanes, turn.speaker(), last);
                    last[0] = from;
                }
                last[1] = Math.max(last[1], to);
            }
        }
        open.forEach((speaker, last) -> draw(lanes, speaker, last));
        return lanes;
    }

    private static void draw(Map<Speaker, StringBuilder> lanes, Speaker speaker, long[] stretch) {
        lanes.computeIfAbsent(speaker, s -> new StringBuilder())
                .append('M')
                .append(stretch[0])
                .append(" 0h")
                .append(stretch[1] - stretch[0])
                .append("v10H")
                .append(stretch[0])
                .append('z');
    }
}
