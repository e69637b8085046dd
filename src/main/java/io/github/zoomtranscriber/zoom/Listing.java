package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks through all pages of a list of Zoom's, for one query after the other. For one exchange at a time.
 *
 * <p>Zoom's rules: the last page has an empty {@code next_page_token}, and to send that back starts anew; a token dies
 * after 15 minutes; a window of dates wider than a month is cut without a word.
 */
public final class Listing {

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);
    private static final int STARTS = 3;

    private final String name;
    private final String path;
    private final int pageSize;
    private final Deque<Query> queries;
    private final Set<String> seen = new HashSet<>();
    private String nextPageToken = "";
    private int starts = 1;

    /** One list, from its first page to its last. */
    sealed interface Query permits Window, Users, Whole {

        /** Without the size of a page; null for what has no pages. */
        String text();
    }

    /** What began between two days, both included as far as anybody knows. */
    record Window(LocalDate from, LocalDate to) implements Query {
        @Override
        public String text() {
            return "from=" + from + "&to=" + to;
        }
    }

    record Users(String status) implements Query {
        @Override
        public String text() {
            return "status=" + status;
        }
    }

    /** All there is, on one page. */
    record Whole() implements Query {
        @Override
        public String text() {
            return null;
        }
    }

    /** @param name what is listed, as people know it */
    Listing(String name, String path, int pageSize, List<? extends Query> queries) {
        this.name = name;
        this.path = path;
        this.pageSize = pageSize;
        this.queries = new ArrayDeque<>(queries);
    }

    /** What is listed: a user's id or e-mail address, a meeting's uuid, or a path of Zoom's API. */
    public String getName() {
        return name;
    }

    public String getPath() {
        return path;
    }

    /** Whether there is another page to ask for. */
    public boolean isUnfinished() {
        return !queries.isEmpty();
    }

    /** The query of the page to ask for now; null where there is none. */
    public String getQuery() {
        if (queries.element().text() == null) {
            return null;
        }
        String query = queries.element().text() + "&page_size=" + pageSize;
        return nextPageToken.isEmpty() ? query : query + "&next_page_token=" + Paths.encode(nextPageToken);
    }

    /**
     * Turns the page.
     *
     * @param answer the page that {@link #getQuery} asked for
     */
    public void turn(JsonNode answer) {
        for (String list : new String[] {"meetings", "sessions", "users"}) {
            answer.path(list)
                    .forEach(row -> seen.add(row.path("uuid").asText()
                            + row.path("session_id").asText()
                            + row.path("id").asText()
                            + row.path("email").asText()));
        }
        nextPageToken = answer.path("next_page_token").asText("");
        if (nextPageToken.isEmpty()) {
            finish(answer);
        }
    }

    private void finish(JsonNode lastPage) {
        int total = lastPage.path("total_records").asInt(0);
        Query query = queries.element();
        if (seen.size() < total && starts < 2) {
            restart();
            return;
        }
        if (seen.size() < total) {
            LOG.warn(
                    "Zoom says that {} has {} records for {}, but returned only {}, twice",
                    path,
                    total,
                    query.text(),
                    seen.size());
        }
        queries.remove();
        if (query instanceof Window window) {
            listWhatWasCut(window, lastPage.path("from").asText(""));
        }
        seen.clear();
        starts = 1;
    }

    private void listWhatWasCut(Window asked, String from) {
        try {
            LocalDate listed = LocalDate.parse(from);
            if (listed.isAfter(asked.from()) && listed.isBefore(asked.to())) {
                queries.addFirst(new Window(asked.from(), listed));
            }
        } catch (DateTimeParseException e) {
            LOG.debug("No from in Zoom's answer for {}: {}", path, from);
        }
    }

    /**
     * The page's token has died: all of this window anew.
     *
     * @return whether that makes sense: it does not on a first page, nor for ever
     */
    public boolean expired() {
        if (nextPageToken.isEmpty() || starts >= STARTS) {
            return false;
        }
        restart();
        return true;
    }

    private void restart() {
        starts++;
        nextPageToken = "";
        seen.clear();
    }
}
