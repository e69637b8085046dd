package io.github.zoomtranscriber.work;

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
    /** A component, and what follows it up to the first path or option; a user before a host is left out. */
    private static final Pattern HEAD =
            Pattern.compile("([A-Za-z][\\w.+-]*):(?://)?(?:[^/?@]*@)?([^/?]*).*", Pattern.DOTALL);

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
     * {@code https:chat.example.org}. Never a path or an option, in which chats have their secrets.
     */
    public static String name(String address) {
        Matcher head = HEAD.matcher(address);
        if (!head.matches()) {
            return address;
        }
        return head.group(1).equals("direct") || head.group(1).equals("seda")
                ? head.group(2)
                : head.group(1) + ":" + head.group(2);
    }

    /** Whether Camel speaks HTTP to it. */
    static boolean isHttp(String address) {
        return HTTP.matcher(address).matches();
    }
}
