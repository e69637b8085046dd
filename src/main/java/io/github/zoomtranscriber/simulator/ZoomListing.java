package io.github.zoomtranscriber.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Pages and date windows as Zoom makes them: today and tomorrow when no dates are given, a window of more than a month
 * cut without a word, page tokens that die after a quarter of an hour, and an end that is an empty token.
 */
final class ZoomListing {

    /** @param from null: the listing is not by date */
    record Window(LocalDate from, LocalDate to) {

        boolean holds(LocalDate date) {
            return !date.isBefore(from) && !date.isAfter(to);
        }
    }

    private static final int DEFAULT_PAGE_SIZE = 30;

    private final World world;

    ZoomListing(World world) {
        this.world = world;
    }

    /** @throws ZoomError for dates that are none */
    Window window(Request request) {
        LocalDate today = LocalDate.ofInstant(world.now(), ZoneOffset.UTC);
        LocalDate to = date(request, "to", today.plusDays(1));
        LocalDate from = date(request, "from", today);
        LocalDate earliest = to.minusMonths(1);
        return new Window(from.isBefore(earliest) ? earliest : from, to);
    }

    private static LocalDate date(Request request, String name, LocalDate otherwise) {
        try {
            return request.query(name)
                    .map(text -> LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text))
                    .orElse(otherwise);
        } catch (DateTimeParseException e) {
            throw ZoomError.invalid(name, "The value must be a date of the form yyyy-mm-dd.");
        }
    }

    /**
     * One page.
     *
     * @param key what is listed: a token of one listing is none of another
     * @param largest page size that Zoom gives; a larger one asked for is cut
     * @param array the name of the array that holds the entries
     * @throws ZoomError for a page token that is not good any more, or a page size that is no number
     */
    <T> ObjectNode page(
            Request request, String key, List<T> all, int largest, String array, Function<T, JsonNode> entry) {
        if (world.board().takeHollowListing()) {
            return Json.object();
        }
        int size = pageSize(request, largest);
        int offset = offset(request, key);
        String draw = key + ' ' + offset;
        int start = offset;
        if (offset > 0 && world.strikes("repeatedPageRate", draw, world.faults().repeatedPageRate)) {
            start = Math.max(0, offset - size);
        } else if (offset > 0 && world.strikes("movedMeetingRate", draw, world.faults().movedMeetingRate)) {
            start = offset - 1;
        }
        int end = Math.min(start + size, all.size());
        ObjectNode page = Json.object();
        page.put("page_count", (all.size() + size - 1) / size)
                .put("page_size", size)
                .put("total_records", all.size() + (world.board().takeTotalRecordsTooHigh() ? 3 : 0))
                .put("next_page_token", end < all.size() ? token(key, end) : "");
        ArrayNode entries = page.putArray(array);
        for (T each : all.subList(Math.min(start, end), end)) {
            entries.add(entry.apply(each));
        }
        return page;
    }

    private static int pageSize(Request request, int largest) {
        try {
            int size = request.query("page_size").map(Integer::parseInt).orElse(DEFAULT_PAGE_SIZE);
            if (size < 1) {
                throw ZoomError.invalid("page_size", "The value must be greater than 0.");
            }
            return Math.min(size, largest);
        } catch (NumberFormatException e) {
            throw ZoomError.invalid("page_size", "The value must be a number.");
        }
    }

    private int offset(Request request, String key) {
        if (request.query().containsKey("next_page_token")
                && request.query("next_page_token").isEmpty()) {
            world.counters().violated("zoom: an empty next_page_token, which lists page one again");
        }
        String token = request.query("next_page_token").orElse("");
        if (token.isEmpty()) {
            return 0;
        }
        String[] parts = read(token);
        boolean ours = parts.length == 3 && parts[2].equals(check(key, parts[0], parts[1]));
        if (!ours
                || !world.now()
                        .isBefore(Instant.ofEpochMilli(Long.parseLong(parts[1])).plus(world.faults().pageTokenLife))
                || world.strikes("expiredPageTokenRate", key + ' ' + parts[0], world.faults().expiredPageTokenRate)) {
            throw ZoomError.pageToken(world.faults().expiredPageToken);
        }
        return Integer.parseInt(parts[0]);
    }

    private String token(String key, int offset) {
        String made = Long.toString(world.now().toEpochMilli());
        String text = offset + "|" + made + "|" + check(key, Integer.toString(offset), made);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String[] read(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\\|");
        } catch (IllegalArgumentException notOurs) {
            return new String[0];
        }
    }

    private String check(String key, String offset, String made) {
        return Long.toHexString(Seeds.hash(world.settings().seed(), key + '|' + offset + '|' + made));
    }
}
