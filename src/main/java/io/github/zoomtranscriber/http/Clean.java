package io.github.zoomtranscriber.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes out of a text what must not be logged, stored or shown. Vendors repeat whole URLs, with tokens and signatures,
 * in their errors.
 */
public final class Clean {

    private static final int LONGEST = 1000;
    private static final int REMEMBERED = 100;
    /** Anything shorter would take out half of the text. */
    private static final int SHORTEST = 6;

    private static final Pattern NOTHING = Pattern.compile("(?!)");
    // none of these looks far ahead in vain, so that a line may be as long as it likes; of one with alternatives, what
    // it can begin with
    // is looked for first: at the lowest log level, cleaning is most of the work
    private static final Pattern QUERY =
            Pattern.compile("(https?:[^\\s?\"'<>]{0,4000}+)\\?[^\\s\"'<>]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER = Pattern.compile("(://)[^/\\s@?#\"'<>]{1,1000}+@");
    /**
     * In a query, a form, JSON or a header, as it is or encoded once more; a meeting may well be about a "Travel
     * policy: ...".
     */
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)(?=[achkpst])((?:token|signature|secret|password|passcode|pwd|credential"
                    + "|api[_-]?key|key-pair-id|header_value)(?:\\\\?[\"'])?(?:\\s*[=:]\\s*|%3d)\\\\?|policy(?:=|%3d))(?:\"[^\"\\n]*\"?|'[^'\\n]*'?|[^\\s&\"'<>]+)");

    private static final Pattern CREDENTIALS = Pattern.compile(
            "(?i)(?=b)\\b(bearer\\s+(?=[A-Za-z0-9._~+/=-]{6})|basic\\s+(?=[A-Za-z0-9._~+/=-]{16}))[A-Za-z0-9._~+/=-]+");
    /** AssemblyAI's key goes into the header as it is. */
    private static final Pattern KEY = Pattern.compile(
            "(?i)(authorization(?:\\\\?[\"'])?\\s*[:=,]\\s*(?:\\\\?[\"'])?)(?!bearer\\b|basic\\b)[A-Za-z0-9._~+/=-]{6,}");

    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{5,1000}+\\.[A-Za-z0-9._-]+");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    // static, as the loggers that it serves are
    private static final Deque<String> KNOWN = new ArrayDeque<>();
    private static volatile Pattern knownSecrets = NOTHING;

    private Clean() {}

    /**
     * @return the text on one line of hardly more than 1,000 characters, without queries of URLs, tokens and passwords;
     *     empty for null
     */
    public static String text(String text) {
        if (text == null) {
            return "";
        }
        String clean = secrets(text.length() > 10 * LONGEST ? text.substring(0, 10 * LONGEST) : text);
        clean = CONTROL.matcher(clean).replaceAll(" ").strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + " ..." : clean;
    }

    /**
     * A secret or token that is in use: from now on it is taken out wherever it stands. The last hundred are
     * remembered.
     */
    public static synchronized void remember(String secret) {
        if (secret == null || secret.length() < SHORTEST) {
            return;
        }
        KNOWN.remove(secret);
        KNOWN.addFirst(secret);
        while (KNOWN.size() > REMEMBERED) {
            KNOWN.removeLast();
        }
        knownSecrets = Pattern.compile(KNOWN.stream()
                .flatMap(known -> Stream.of(known, URLEncoder.encode(known, StandardCharsets.UTF_8)))
                .distinct()
                // of two that begin alike, nothing of the longer may be left
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    /** @return the text as it is, but without queries of URLs, tokens, keys and passwords */
    public static String secrets(String text) {
        String clean = knownSecrets.matcher(text).replaceAll("***");
        clean = QUERY.matcher(clean).replaceAll("$1");
        clean = USER.matcher(clean).replaceAll("$1***@");
        clean = CREDENTIALS.matcher(clean).replaceAll("$1***");
        clean = KEY.matcher(clean).replaceAll("$1***");
        clean = JWT.matcher(clean).replaceAll("***");
        return PARAMETER.matcher(clean).replaceAll("$1***");
    }

    /** @return the URL without its query and fragment: what remains the same when it is signed anew */
    public static String url(String url) {
        return url.replaceFirst("(?s)[?#].*", "");
    }
}
