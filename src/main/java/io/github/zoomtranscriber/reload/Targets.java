package io.github.zoomtranscriber.reload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.InterceptFromDefinition;
import org.apache.camel.model.InterceptSendToEndpointDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;

/**
 * Finds endpoints inside of this program, {@code direct:} and {@code seda:}, that something is sent to and that no route begins with. An address
 * that is made of the message cannot be judged.
 */
final class Targets {

    private static final Pattern INSIDE = Pattern.compile("^\\s*(direct|seda):(?://)?([^?]+)");
    private static final Pattern SIZE = Pattern.compile("^\\s*seda:[^?]*\\?(?:.*&)?size=(\\d+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:]+)");
    /** Where Java takes from an endpoint without a route: {@code @Consume("seda:x")}, {@code consumer.receiveBody("seda:x")}. */
    private static final String RECEIVES = "(Consume\\((value\\s*=\\s*)?|receive\\w*\\(\\s*)\"";

    private final Folder folder;
    private final Findings findings;
    /** The routes that begin with each address; null for one that is elsewhere. */
    private final Map<String, Set<RouteDefinition>> begins = new HashMap<>();
    private final Map<String, String> sizes = new HashMap<>();
    private final Set<String> polled = new HashSet<>();
    private final Set<String> sent = new HashSet<>();

    private Targets(Folder folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /** Looks through the routes of a folder. */
    static void check(Folder folder, Findings findings) {
        Targets targets = new Targets(folder, findings);
        Stream.concat(folder.settings().stream(), folder.elsewhere().stream()).forEach(targets::collect);
        folder.settings().forEach(targets::check);
        folder.settings().forEach(targets::checkSize);
        targets.checkEntrances();
    }

    private void collect(Setting setting) {
        for (String address : addresses(setting)) {
            if (setting.of() instanceof FromDefinition) {
                begins.computeIfAbsent(address, any -> new HashSet<>()).add(folder.routes().contains(setting.route()) ? setting.route() : null);
            } else if (isPoll(setting)) {
                polled.add(address);
            } else {
                sent.add(address);
            }
        }
    }

    private static boolean isPoll(Setting setting) {
        return setting.of() instanceof PollDefinition || setting.place() instanceof PollEnrichDefinition;
    }

    /** The endpoints inside of this program that a setting names. */
    private static List<String> addresses(Setting setting) {
        boolean isPattern = setting.of() instanceof InterceptFromDefinition || setting.of() instanceof InterceptSendToEndpointDefinition && setting.name().equals("uri");
        Object step = setting.place();
        boolean isComputed = setting.name().equals("expression") && (step instanceof EnrichDefinition || step instanceof PollEnrichDefinition
                || step instanceof RecipientListDefinition || step instanceof RoutingSlipDefinition || step instanceof DynamicRouterDefinition)
                && !setting.isOtherLanguage();
        List<String> addresses = new ArrayList<>();
        if (setting.isAddress() && !isPattern || isComputed) {
            for (String uri : isComputed ? setting.value().split(",") : new String[] {setting.value()}) {
                Matcher inside = INSIDE.matcher(uri);
                if (inside.find() && !inside.group(2).contains("${")) {
                    addresses.add(inside.group(1) + ":" + inside.group(2).strip());
                }
            }
        }
        return addresses;
    }

    private void check(Setting setting) {
        if (setting.of() instanceof FromDefinition) {
            return;
        }
        for (String address : addresses(setting)) {
            Set<RouteDefinition> routes = begins.getOrDefault(address, Set.of());
            if (isPoll(setting)) {
                if (!sent.contains(address) && routes.isEmpty()) {
                    findings.missing(address, setting, "nothing sends to " + address + by(setting));
                }
            } else if (routes.isEmpty() && !polled.contains(address) && !isReceivedByJava(address)) {
                findings.missing(address, setting, "no route begins with " + address + by(setting));
            } else if (!routes.isEmpty() && folder.off().containsAll(routes) && !folder.off().contains(setting.route())) {
                findings.add(setting, "the route that begins with " + address + by(setting) + " is switched off by its precondition");
            }
        }
    }

    /** The options that an address comes from, as far as it does not stand in the file itself. */
    private static String by(Setting setting) {
        String options = PLACEHOLDER.matcher(setting.raw()).results().map(MatchResult::group).map(name -> name.replaceFirst("\\{\\{\\??", ""))
                .collect(Collectors.joining(" and "));
        return options.isEmpty() ? "" : " (see " + options + ")";
    }

    private boolean isReceivedByJava(String address) {
        Pattern receives = Pattern.compile(RECEIVES + address.replaceFirst(":", ":(//)?") + "[\"?]");
        return folder.java().stream().anyMatch(text -> receives.matcher(text).find());
    }

    /** A queue has one size, which whoever is built first says. */
    private void checkSize(Setting setting) {
        Matcher size = SIZE.matcher(setting.value());
        for (String address : addresses(setting)) {
            if (size.find()) {
                String other = sizes.putIfAbsent(address, size.group(1));
                if (other != null && !other.equals(size.group(1))) {
                    findings.add(setting, address + " has the size " + size.group(1) + " here and " + other + " elsewhere");
                }
            }
        }
    }

    private void checkEntrances() {
        for (Entrance entrance : Entrance.values()) {
            folder.routes().stream().filter(route -> entrance.routeId().equals(route.getRouteId()) && !begins.containsKey(entrance.address())).forEach(route ->
                    findings.missing(entrance.address(), new Problem(RouteFiles.path(route), route.getInput().getLineNumber(),
                            "no route begins with " + entrance.address() + ", which commands of this program call")));
        }
    }
}
