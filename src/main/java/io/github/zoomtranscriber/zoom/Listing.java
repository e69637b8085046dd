package io.github.zoomtranscriber.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
 *
 * <p>A token that dies lists its window anew, and after the second time in halves, down to a day: what fits on one page
 * needs no token. What cannot be listed so either is left out, and said.
 */
public final class Listing {

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);
    /** Tokens of one window that may die before it is cut. */
    private static final int DEATHS = 2;
    /** Tokens of what cannot be cut any more that may die, before it is left out. */
    private static final int MOST_DEATHS = 12;
    /** Answers in a row without a list that are taken for chance. */
    private static final int MOST_HOLLOW = 5;

    private static final List<String> LISTS = List.of("meetings", "sessions", "users");
    /** The largest page that Zoom gives of all its lists. */
    private static final int LARGEST_PAGE = 300;

    private final String name;
    private final String path;
    private int pageSize;
    private final Deque<Query> queries;
    private final Set<String> seen = new HashSet<>();
    private String nextPageToken = "";
    private final List<String> unlisted = new ArrayList<>();
    private int deaths;
    private boolean wasShort;
    private int hollow;

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

        private long days() {
            return ChronoUnit.DAYS.between(from, to);
        }

        @Override
        public String toString() {
            return " from " + from + " to " + to;
        }
    }

    record Users(String status) implements Query {
        @Override
        public String text() {
            return "status=" + status;
        }

        @Override
        public String toString() {
            return ", the " + status + " ones";
        }
    }

    /** All there is, on one page. */
    record Whole() implements Query {
        @Override
        public String text() {
            return null;
        }

        @Override
        public String toString() {
            return "";
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

    /** Whether this is one meeting, which was asked for by its uuid, and no list. */
    boolean isOneMeeting() {
        return queries.peek() instanceof Whole;
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
        if (isHollow(answer)) {
            askAgain();
            return;
        }
        hollow = 0;
        for (String list : LISTS) {
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

    /** A list is empty only if Zoom says so: an answer without one comes from something between Zoom and us. */
    private boolean isHollow(JsonNode answer) {
        return !isOneMeeting()
                && LISTS.stream().noneMatch(list -> answer.path(list).isArray())
                && !answer.path("total_records").asText("").equals("0");
    }

    private void askAgain() {
        Query query = queries.element();
        if (++hollow >= MOST_HOLLOW) {
            LOG.warn("Could not list {}{}: {} answers had no list in them", name, query, hollow);
            unlisted.add(name + query);
            next();
        }
    }

    private void finish(JsonNode lastPage) {
        int total = lastPage.path("total_records").asInt(0);
        Query query = queries.element();
        if (seen.size() < total && !wasShort) {
            wasShort = true;
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
            unlisted.add(name + query + ": " + (total - seen.size()) + " of " + total);
        }
        next();
        if (query instanceof Window window) {
            listWhatWasCut(window, lastPage.path("from").asText(""));
        }
    }

    private void next() {
        queries.remove();
        wasShort = false;
        deaths = 0;
        hollow = 0;
        restart();
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

    /** Whether the page to ask for now is a further one, which needs a token. */
    boolean isWithToken() {
        return !nextPageToken.isEmpty();
    }

    /** The page's token has died: what it belongs to anew, in smaller windows or fewer pages after the second time. */
    void died() {
        deaths++;
        Query query = queries.element();
        if (deaths >= DEATHS && query instanceof Window window && window.days() > 1) {
            LocalDate middle = window.from().plusDays(window.days() / 2);
            next();
            queries.addFirst(new Window(window.from(), middle));
            queries.addFirst(new Window(middle, window.to()));
        } else if (deaths >= MOST_DEATHS) {
            LOG.warn("Could not list {}{}: Zoom refused {} page tokens as expired", name, query, deaths);
            unlisted.add(name + query);
            next();
        } else {
            pageSize = deaths >= DEATHS ? Math.max(pageSize, Math.min(2 * pageSize, LARGEST_PAGE)) : pageSize;
            restart();
        }
    }

    private void restart() {
        nextPageToken = "";
        seen.clear();
    }

    /** What could not be listed since this was asked last: whose, and which part of it. */
    List<String> takeUnlisted() {
        List<String> taken = List.copyOf(unlisted);
        unlisted.clear();
        return taken;
    }
}
