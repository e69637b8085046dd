package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code /simulator/...}: what another process may see and change while the simulator runs. */
final class ControlApi {

    private static final String HELP =
            """
            GET  /simulator/faults                 what goes wrong now
            PUT  /simulator/faults                 {"rate429": 0.1, ...}: changes the faults that are named
            GET  /simulator/counters               what was asked, submitted, charged
            GET  /simulator/recordings             what a correct client ends up with (?product=video-sdk)
            POST /simulator/meetings               {"topic": ..., "host": ..., "seconds": 60, "processing": false,
                                                "files": ["audio", "speaker_view+1", ...]}
            POST /simulator/meetings/{uuid}/files  {"file": "audio"}: one file more for a meeting that was added
            POST /simulator/meetings/{uuid}/trash  to Zoom's trash, the uuid percent-encoded
            POST /simulator/recordings/{id}/finish Zoom is done with its meeting (?alone=true: with that file)
            POST /simulator/events                 {"event": "recording.completed", "recording_id": ...}
            PUT  /simulator/subscription           {"url": ...}: Zoom's events go there, if its challenge is met
            POST /simulator/tokens/revoke          every OAuth token ends
            POST /simulator/reset                  no faults, no counts, no transcripts
            """;

    private final World world;
    private final Services services;

    ControlApi(World world, Services services) {
        this.world = world;
        this.services = services;
    }

    Response handle(Request request) throws IOException {
        try {
            return answer(request);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Response.json(400, Json.object().put("error", e.getMessage()));
        }
    }

    private Response answer(Request request) throws IOException {
        List<String> path = request.segments();
        String id = path.size() == 4 ? Request.decodeSegment(path.get(2)) : "";
        switch (request.method()
                + ' '
                + (id.isEmpty() ? request.path() : "/simulator/" + path.get(1) + "/*/" + path.get(3))) {
            case "GET /simulator/faults" -> {}
            case "PUT /simulator/faults" -> {
                world.board().update(Json.readObject(request.text()));
                services.faultsChanged();
            }
            case "GET /simulator/counters" -> {
                return Response.json(200, world.counters().toJson());
            }
            case "GET /simulator/recordings" -> {
                return recordings(request);
            }
            case "POST /simulator/meetings" -> {
                return add(Json.readObject(request.text()));
            }
            case "POST /simulator/recordings/*/finish" -> {
                services.finishProcessing(id, request.query("alone").isPresent());
                return Response.empty(204);
            }
            case "POST /simulator/meetings/*/files" -> {
                services.addFile(
                        id, Json.readObject(request.text()).path("file").asText());
                return Response.empty(204);
            }
            case "POST /simulator/meetings/*/trash" -> {
                services.trash(id);
                return Response.empty(204);
            }
            case "POST /simulator/events" -> {
                ObjectNode event = Json.readObject(request.text());
                services.sendEvent(
                        event.path("event").asText("recording.completed"),
                        event.path("recording_id").asText());
                return Response.empty(204);
            }
            case "PUT /simulator/subscription" -> {
                boolean met = services.subscribe(
                        Json.readObject(request.text()).path("url").asText());
                return Response.json(met ? 200 : 400, Json.object().put("challenge_met", met));
            }
            case "POST /simulator/tokens/revoke" -> {
                services.revokeTokens();
                return Response.empty(204);
            }
            case "POST /simulator/reset" -> {
                services.reset();
                return Response.empty(204);
            }
            default -> {
                return Response.text(404, HELP);
            }
        }
        return Response.json(200, world.board().toJson());
    }

    private Response recordings(Request request) {
        boolean sdk = request.query("product").filter("video-sdk"::equals).isPresent();
        ArrayNode array = Json.MAPPER.valueToTree(
                sdk ? services.expected().sessions() : services.expected().meetings());
        ObjectNode json = Json.object();
        json.set("recordings", array);
        return Response.json(200, json);
    }

    private Response add(ObjectNode meeting) {
        List<String> files = new ArrayList<>();
        meeting.path("files").forEach(file -> files.add(file.asText()));
        ExpectedRecording added = services.addMeeting(
                meeting.path("topic").asText("A meeting that has just ended"),
                meeting.path("host")
                        .asText(world.meetings().users().iterator().next().id()),
                Duration.ofSeconds(meeting.path("seconds").asLong(60)),
                meeting.path("processing").asBoolean(),
                files.isEmpty() ? null : files);
        return Response.json(200, Json.MAPPER.valueToTree(added));
    }
}
