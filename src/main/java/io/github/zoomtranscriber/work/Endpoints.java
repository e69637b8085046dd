package io.github.zoomtranscriber.work;

import io.github.zoomtranscriber.http.Causes;
import io.github.zoomtranscriber.http.Clean;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.support.ObjectHelper;

/** The addresses of endpoints that an option lists, separated by commas. */
public final class Endpoints {

    private static final Pattern HTTP =
            Pattern.compile("(?i)(?:https?|netty-http|vertx-http|undertow):.*", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][\\w.+-]*):(?://)?([^?]*).*", Pattern.DOTALL);
    /** In the text of an exception: what comes behind the server can be a secret, as with the webhooks of chats. */
    private static final Pattern URL = Pattern.compile("(\\b[A-Za-z][\\w.+-]*://[^/\\s?'\"<>]+)[/?][^\\s'\"<>]*");

    private static final int LONGEST_NAME = 80;

    private Endpoints() {}

    /**
     * @return as Camel's recipient list reads them: a comma within parentheses, as in {@code RAW(a,b)}, separates
     *     nothing
     */
    public static List<String> of(String option) {
        List<String> addresses = new ArrayList<>();
        for (Iterator<?> each = ObjectHelper.createIterator(option, ","); each.hasNext(); ) {
            String address = each.next().toString().strip();
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /**
     * What an endpoint is called for people: the name of a route of the user's, or component and server or queue, as in
     * {@code https:chat.example.org-1f3a}. Never a path or an option, in which chats have their secrets, nor a user;
     * where there is a path, four hexadecimal digits tell it from others of that server. An address keeps its name,
     * whatever options are changed, and whatever is listed beside it.
     */
    public static String name(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return hash(address);
        }
        String rest = parts.group(2).substring(parts.group(2).lastIndexOf('@') + 1);
        if (parts.group(1).equals("direct") || parts.group(1).equals("seda")) {
            return rest;
        }
        String head = rest.replaceFirst("/.*", "");
        boolean isWhole = rest.equals(head) && head.length() <= LONGEST_NAME;
        String shown = parts.group(1) + ":" + head.substring(0, Math.min(head.length(), LONGEST_NAME));
        return isWhole ? shown : shown + "-" + hash(parts.group(2));
    }

    private static String hash(String text) {
        return String.format("%04x", text.hashCode() & 0xffff);
    }

    /** What went wrong at an endpoint, in a sentence without anything of its address but the server. */
    public static String failure(Throwable thrown) {
        HandledElsewhereException handled = Causes.find(thrown, HandledElsewhereException.class);
        if (handled != null) {
            return handled.endpoint() + " failed and handled that itself, so nothing has arrived"
                    + (handled.getCause() == null ? "" : ": " + failure(handled.getCause()));
        }
        Throwable root = Causes.root(thrown);
        return Clean.text(URL.matcher(root.getClass().getSimpleName() + ": " + root.getMessage())
                .replaceAll("$1"));
    }

    /** @return what stands before the first colon */
    static String scheme(String address) {
        return address.replaceFirst("(?s):.*", "");
    }

    /** Whether Camel speaks HTTP to it. */
    static boolean isHttp(String address) {
        return HTTP.matcher(address).matches();
    }
}
