package io.github.zoomtranscriber.reload;

import io.github.zoomtranscriber.work.Endpoints;
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
import org.apache.camel.support.EndpointHelper;

/**
 * Finds {@code direct:} and {@code seda:} endpoints that something is sent to and that no route consumes from.
 * Addresses that depend on the message cannot be judged.
 */
final class Targets {

    private static final Pattern INSIDE = Pattern.compile("^\\s*(direct|seda):(?://)?([^?]+)");
    /** Options by which a message may be dropped if there is no consumer. */
    private static final Pattern OPTIONAL = Pattern.compile("[?&](failIfNoConsumers=false|discardIfNoConsumers=true)");

    /** The options with addresses that a bean gives to a route, which says {@code ${bean:...}} there. */
    private static final List<String> SENT_BY_BEANS = List.of("output.to", "output.then", "output.notify");

    private static final Pattern SIZE = Pattern.compile("^\\s*seda:[^?]*\\?(?:.*&)?size=(\\d+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:]+)");
    /**
     * How Java consumes from an endpoint without a route: {@code @Consume("seda:x")},
     * {@code consumer.receiveBody("seda:x")}.
     */
    private static final String RECEIVES = "(Consume\\((value\\s*=\\s*)?|receive\\w*\\(\\s*)\"";

    private final Folder folder;
    private final Diagnosis diagnosis;
    private final Findings findings;
    /** The routes that consume from each address; null for one outside this folder. */
    private final Map<String, Set<RouteDefinition>> consumers = new HashMap<>();

    private final Map<String, String> sizes = new HashMap<>();
    private final Set<String> polled = new HashSet<>();
    private final Set<String> sent = new HashSet<>();

    private Targets(Folder folder, Diagnosis diagnosis, Findings findings) {
        this.folder = folder;
        this.diagnosis = diagnosis;
        this.findings = findings;
    }

    /** Checks the routes of a folder. */
    static void check(Folder folder, Diagnosis diagnosis, Findings findings) {
        Targets targets = new Targets(folder, diagnosis, findings);
        Stream.concat(folder.settings().stream(), folder.elsewhere().stream()).forEach(targets::collect);
        folder.settings().forEach(targets::check);
        folder.settings().forEach(targets::checkSize);
        targets.checkEntrances();
        SENT_BY_BEANS.forEach(targets::checkOption);
    }

    private void collect(Setting setting) {
        for (String address : addresses(setting)) {
            if (setting.of() instanceof FromDefinition) {
                consumers
                        .computeIfAbsent(address, any -> new HashSet<>())
                        .add(folder.routes().contains(setting.route()) ? setting.route() : null);
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

    /** The {@code direct:} and {@code seda:} addresses in a setting. */
    private static List<String> addresses(Setting setting) {
        boolean isPattern = setting.of() instanceof InterceptFromDefinition || isInterceptor(setting);
        Object step = setting.place();
        boolean isComputed = setting.name().equals("expression")
                && (step instanceof EnrichDefinition
                        || step instanceof PollEnrichDefinition
                        || step instanceof RecipientListDefinition
                        || step instanceof RoutingSlipDefinition
                        || step instanceof DynamicRouterDefinition)
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
        for (String address : OPTIONAL.matcher(setting.value()).find() ? List.<String>of() : addresses(setting)) {
            Set<RouteDefinition> routes = consumers.getOrDefault(address, Set.of());
            if (isPoll(setting)) {
                if (!sent.contains(address) && routes.isEmpty()) {
                    findings.missing(address, setting, "nothing sends to " + address + by(setting));
                }
            } else if (routes.isEmpty()
                    && !polled.contains(address)
                    && !isIntercepted(address)
                    && !isReceivedByJava(address)) {
                findings.missing(address, setting, "no route consumes from " + address + by(setting));
            } else if (!routes.isEmpty()
                    && folder.off().containsAll(routes)
                    && !folder.off().contains(setting.route())) {
                findings.add(
                        setting,
                        "the route that consumes from " + address + by(setting) + " is disabled by its precondition");
            }
        }
    }

    /** The options that an address comes from, if it is not written in the file itself. */
    private static String by(Setting setting) {
        String options = PLACEHOLDER
                .matcher(setting.raw())
                .results()
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("\\{\\{\\??", ""))
                .collect(Collectors.joining(" and "));
        return options.isEmpty() ? "" : " (see " + options + ")";
    }

    /** An interceptor may handle the message instead of a route. */
    private boolean isIntercepted(String address) {
        return folder.settings().stream()
                .filter(Targets::isInterceptor)
                .anyMatch(setting -> EndpointHelper.matchEndpoint(folder.context(), address, setting.value()));
    }

    private static boolean isInterceptor(Setting setting) {
        return setting.of() instanceof InterceptSendToEndpointDefinition
                && setting.name().equals("uri");
    }

    private boolean isReceivedByJava(String address) {
        Pattern receives = Pattern.compile(RECEIVES + address.replaceFirst(":", ":(//)?") + "[\"?]");
        return folder.java().stream().anyMatch(text -> receives.matcher(text).find());
    }

    /** A queue has one size: Camel rejects an endpoint that gives another one. */
    private void checkSize(Setting setting) {
        Matcher size = SIZE.matcher(setting.value());
        for (String address : addresses(setting)) {
            if (size.find()) {
                String other = sizes.putIfAbsent(address, size.group(1));
                if (other != null && !other.equals(size.group(1))) {
                    findings.add(
                            setting, address + " has size " + size.group(1) + " here but size " + other + " elsewhere");
                }
            }
        }
    }

    /** Camel would resolve these when the first message is sent, long after the transcript is paid for. */
    private void checkOption(String option) {
        String value = folder.context()
                .getPropertiesComponent()
                .resolveProperty(option)
                .map(text -> folder.context().resolvePropertyPlaceholders(text))
                .orElse("");
        for (String address : Endpoints.of(value)) {
            Matcher inside = INSIDE.matcher(address);
            String target =
                    inside.find() ? inside.group(1) + ":" + inside.group(2).strip() : null;
            if (target == null) {
                resolve(option, address);
            } else if (!consumers.containsKey(target)
                    && !polled.contains(target)
                    && !isIntercepted(target)
                    && !isReceivedByJava(target)) {
                findings.missing(target, new Problem(option, 0, "no route consumes from " + target));
            }
        }
    }

    private void resolve(String option, String address) {
        try {
            folder.context().getEndpoint(address);
        } catch (RuntimeException e) {
            diagnosis.of(option, e).forEach(findings::add);
        }
    }

    private void checkEntrances() {
        for (Entrance entrance : Entrance.values()) {
            if (consumers.containsKey(entrance.address())) {
                continue;
            }
            folder.routes().stream()
                    .filter(route -> entrance.routeId().equals(route.getRouteId()))
                    .forEach(route -> findings.missing(
                            entrance.address(),
                            new Problem(
                                    RouteFiles.path(route),
                                    route.getInput().getLineNumber(),
                                    "no route consumes from " + entrance.address()
                                            + ", which this program's commands call")));
        }
    }
}
