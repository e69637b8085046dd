package io.github.zoomtranscriber.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Checks options that are each valid on their own but must fit together. */
final class OptionCombinations {
    private static final List<String> OAUTH = List.of("zoom.account-id", "zoom.client-id", "zoom.client-secret");
    private static final List<String> JWT = List.of("zoom.api-key", "zoom.api-secret");

    private final UnaryOperator<String> values;
    private final Set<String> wrong;
    private final List<String> problems = new ArrayList<>();

    /** @param wrong options already reported as wrong, which are not reported again */
    OptionCombinations(UnaryOperator<String> values, Set<String> wrong) {
        this.values = values;
        this.wrong = wrong;
    }

    List<String> problems() {
        return problems;
    }

    void delays() {
        atMost("transcribe.first-delay", "transcribe.longest-delay");
        atMost("retry.first-delay", "retry.longest-delay");
        if (right("transcribe.lease", "transcribe.longest-delay")
                && Option.parseDuration(value("transcribe.lease"))
                                .compareTo(Option.parseDuration(value("transcribe.longest-delay")))
                        <= 0) {
            problems.add("transcribe.lease = " + value("transcribe.lease")
                    + ": expected more than transcribe.longest-delay (" + value("transcribe.longest-delay")
                    + "), or a recording could be transcribed twice");
        }
    }

    /**
     * How the program logs in to Zoom: {@code oauth}, {@code jwt}, or nothing if that is unclear.
     *
     * @param needed whether missing secrets are a problem
     */
    String zoomAuth(boolean needed) {
        if (!right("zoom.auth") || !right(OAUTH.toArray(String[]::new)) || !right(JWT.toArray(String[]::new))) {
            return value("zoom.auth");
        }
        String auth = value("zoom.auth");
        boolean oauth = missing(OAUTH).isEmpty();
        boolean jwt = missing(JWT).isEmpty();
        if (auth.isEmpty() && oauth && jwt) {
            problems.add("zoom.auth = : expected oauth or jwt, because the secrets of both are set");
        } else if (auth.isEmpty()) {
            auth = oauth ? "oauth" : jwt ? "jwt" : "";
        }
        if (needed && !oauth && !jwt && auth.isEmpty()) {
            problems.add(missingLogin());
        } else if (needed && auth.equals("oauth") && !oauth) {
            problems.add(incomplete(OAUTH, "Server-to-Server OAuth"));
        } else if (needed && auth.equals("jwt") && !jwt) {
            problems.add(incomplete(JWT, "JWT"));
        }
        if (auth.equals("oauth")
                && right("zoom.product")
                && value("zoom.product").equals("video-sdk")) {
            problems.add("zoom.product = video-sdk: expected zoom.api-key and zoom.api-secret (JWT), "
                    + "because Zoom's Video SDK has no Server-to-Server OAuth");
        }
        return auth;
    }

    void assemblyAiKey() {
        if (right("assemblyai.api-key") && value("assemblyai.api-key").isEmpty()) {
            problems.add("assemblyai.api-key is not set: expected AssemblyAI's API key, in the environment as "
                    + Option.environmentName("assemblyai.api-key"));
        }
    }

    /** Webhooks need a server that receives them. */
    void server() {
        for (String option : List.of("zoom.webhook-secret", "assemblyai.webhook-url")) {
            if (right("server.port", option)
                    && value("server.port").isEmpty()
                    && !value(option).isEmpty()) {
                problems.add(option
                        + " is set, but server.port is not: expected the port that receives the webhook's calls");
            }
        }
    }

    private String missingLogin() {
        boolean someOauth = missing(OAUTH).size() < OAUTH.size();
        boolean someJwt = missing(JWT).size() < JWT.size();
        if (someOauth && !someJwt) {
            return incomplete(OAUTH, "Server-to-Server OAuth");
        }
        if (someJwt && !someOauth) {
            return incomplete(JWT, "JWT");
        }
        return "zoom.client-secret is not set: expected " + String.join(", ", OAUTH) + " (Server-to-Server OAuth), or "
                + String.join(" and ", JWT) + " (JWT), in the environment as "
                + OAUTH.stream().map(Option::environmentName).collect(Collectors.joining(", "));
    }

    private String incomplete(List<String> secrets, String login) {
        List<String> missing = missing(secrets);
        return String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " not set: expected "
                + String.join(", ", secrets) + " for " + login;
    }

    private List<String> missing(List<String> names) {
        return names.stream().filter(name -> value(name).isEmpty()).toList();
    }

    private void atMost(String first, String longest) {
        if (right(first, longest)
                && Option.parseDuration(value(first)).compareTo(Option.parseDuration(value(longest))) > 0) {
            problems.add(first + " = " + value(first) + ": expected at most " + longest + " (" + value(longest) + ")");
        }
    }

    private boolean right(String... names) {
        return Set.of(names).stream().noneMatch(wrong::contains);
    }

    private String value(String name) {
        return values.apply(name);
    }
}
