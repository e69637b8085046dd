package io.github.zoomtranscriber.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What befalls a request before the service looks at it: too many, out of order, a line that breaks, a slow answer. */
final class Weather {

    private final World world;
    private final AtomicLong pages = new AtomicLong();

    Weather(World world) {
        this.world = world;
    }

    /** @param key what is asked for: see {@link FaultBoard#strikes} */
    Optional<Response> beforeZoom(String key) {
        Faults faults = world.faults();
        if (faults.zoomOutage) {
            return Optional.of(Response.html(503, "<html><body>503 Service Temporarily Unavailable</body></html>"));
        }
        return broken("zoom " + key)
                .or(() -> world.strikes("rate429", "zoom " + key, faults.rate429)
                        ? Optional.of(tooManyForZoom(key))
                        : Optional.empty());
    }

    Optional<Response> beforeAssemblyAi(String key) {
        Faults faults = world.faults();
        if (faults.assemblyaiOutage) {
            return Optional.of(Response.text(503, "Service Unavailable"));
        }
        if (faults.assemblyaiGateway != 0) {
            String page = "<html><body>" + faults.assemblyaiGateway + " at the gateway. Request "
                    + pages.incrementAndGet() + "</body></html>";
            return Optional.of(
                    Response.html(faults.assemblyaiGateway, page).with("Location", "https://gateway.example/"));
        }
        if (world.strikes("hollowAnswerRate", "assemblyai " + key, faults.hollowAnswerRate)) {
            return Optional.of(hollow());
        }
        return broken("assemblyai " + key)
                .or(() -> world.strikes("rate429", "assemblyai " + key, faults.rate429)
                        ? Optional.of(tooManyForAssemblyAi())
                        : Optional.empty());
    }

    /** 200, and nothing in it. */
    Response hollow() {
        String body = world.faults().hollowAnswer;
        return body.isEmpty()
                ? Response.empty(200)
                : body.startsWith("<")
                        ? Response.html(200, body)
                        : Response.of(200, "application/json;charset=UTF-8", Content.of(body));
    }

    Response tooManyForAssemblyAi() {
        return Response.json(429, Json.object().put("error", "Too Many Requests"))
                .with(
                        "Retry-After",
                        Long.toString(Math.max(1, world.faults().retryAfter.toSeconds())));
    }

    private Optional<Response> broken(String key) {
        Faults faults = world.faults();
        if (world.strikes("dropConnectionRate", key, faults.dropConnectionRate)) {
            return Optional.of(world.board().pick("drop", key, List.of(Response.drop(), Response.reset())));
        }
        return world.strikes("rate500", key, faults.rate500) ? Optional.of(serverError(key)) : Optional.empty();
    }

    /** 500 to 504 with JSON, text, HTML or nothing: all were seen. */
    Response serverError(String key) {
        return world.board()
                .pick(
                        "serverError",
                        key,
                        List.of(
                                Response.json(
                                        500, Json.object().put("error", "Server error, developers have been alerted.")),
                                Response.json(
                                        500,
                                        Json.object()
                                                .put("error", "Internal server error. Please retry your request.")),
                                Response.html(
                                        502,
                                        "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"),
                                Response.text(503, "upstream connect error or disconnect/reset before headers"),
                                Response.empty(504)));
    }

    /** Zoom's documents give the headers; a real 429 of 2020 had only some, and the page of July 2026 names none. */
    private Response tooManyForZoom(String key) {
        Response response = Response.json(
                429,
                Json.object()
                        .put("code", 429)
                        .put(
                                "message",
                                "You have reached the maximum per-second rate limit for this API. Try again later."));
        Instant again = world.now().plus(world.faults().retryAfter);
        String flavour = world.faults().flavour429;
        if (flavour.equals("any")) {
            flavour = world.board().pick("flavour429", key, List.of("complete", "retry-after", "seconds", "bare"));
        }
        OffsetDateTime wholeSecond =
                again.atOffset(ZoneOffset.UTC).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        return switch (flavour) {
            case "complete" -> response.with("X-RateLimit-Category", "Medium")
                    .with("X-RateLimit-Type", "QPS")
                    .with("X-RateLimit-Limit", "60")
                    .with("X-RateLimit-Remaining", "0")
                    .with("X-RateLimit-Reset", Long.toString(wholeSecond.toEpochSecond()));
            case "retry-after" -> response.with(
                    "Retry-After", wholeSecond.toInstant().toString());
            case "date" -> response.with("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(wholeSecond));
            case "seconds" -> response.with(
                    "Retry-After",
                    Long.toString(Math.max(1, world.faults().retryAfter.toSeconds())));
            default -> response;
        };
    }

    /** How late an answer is. */
    Duration delay(String key) {
        Faults faults = world.faults();
        return world.strikes("slowAnswerRate", key, faults.slowAnswerRate)
                ? faults.answerDelay.plus(faults.slowAnswer)
                : faults.answerDelay;
    }
}
