package io.github.zoomtranscriber.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One HTTP request as it came over the wire: the path undecoded, as Zoom's doubly encoded uuids need. */
final class Request {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final long LONGEST_DRAIN = 64L * 1024 * 1024;

    private final String method;
    private final String path;
    private final String rawQuery;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final RequestBody body;

    private Request(String method, String target, Map<String, String> headers, RequestBody body) {
        int mark = target.indexOf('?');
        this.method = method;
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.rawQuery = mark < 0 ? "" : target.substring(mark + 1);
        this.query = decodeForm(rawQuery);
        this.headers = headers;
        this.body = body;
    }

    /** @return the next request of a connection, or null at its end */
    static Request read(InputStream in, OutputStream out) throws IOException {
        String start = line(in);
        if (start == null || start.isEmpty()) {
            return null;
        }
        String[] parts = start.split(" ");
        if (parts.length != 3) {
            throw new IOException("not an HTTP request: " + start);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.merge(
                        line.substring(0, colon).trim(),
                        line.substring(colon + 1).trim(),
                        (a, b) -> a + ", " + b);
            }
        }
        String target = parts[1].startsWith("http://") ? parts[1].replaceFirst("^http://[^/]*", "") : parts[1];
        return new Request(parts[0], target, headers, RequestBody.of(in, out, headers));
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(80);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new EOFException("the request ended within a line");
            }
            if (bytes.size() > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
            if (b != '\r') {
                bytes.write(b);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static Map<String, String> decodeForm(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : form.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                fields.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    /** Percent-decodes once; text that is not properly encoded stays as it is. */
    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /** As {@link #decode}, for a part of a path, where a plus is a plus. */
    static String decodeSegment(String segment) {
        return decode(segment.replace("+", "%2B"));
    }

    String method() {
        return method;
    }

    /** The raw path, still percent-encoded, without the query. */
    String path() {
        return path;
    }

    String rawQuery() {
        return rawQuery;
    }

    /** The raw path cut at its slashes, without the empty one in front. */
    List<String> segments() {
        return Arrays.asList(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    }

    Map<String, String> query() {
        return query;
    }

    /** A query parameter; one that is there but empty counts as absent. */
    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> bearer() {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).trim());
    }

    InputStream body() {
        return body;
    }

    String text() throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    boolean wantsClose() {
        return header("Connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /**
     * Reads what the handler left of the body.
     *
     * @return false when that would be too much, and the connection must end
     */
    boolean drain() throws IOException {
        if (body.isWithheld()) {
            return false;
        }
        byte[] buffer = new byte[8 * 1024];
        long drained = 0;
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            drained += n;
            if (drained > LONGEST_DRAIN) {
                return false;
            }
        }
        return true;
    }
}
