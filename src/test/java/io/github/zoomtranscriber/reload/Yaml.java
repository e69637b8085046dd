package io.github.zoomtranscriber.reload;

/** Routes as a user writes them, each no more than its test needs. */
final class Yaml {

    private Yaml() {}

    /** A route {@code id}, called as {@code direct:id}, with steps that begin in its line 6. */
    static String route(String id, String... steps) {
        StringBuilder yaml = new StringBuilder(
                "- route:\n    id: " + id + "\n    from:\n      uri: direct:" + id + "\n      steps:\n");
        for (String step : steps) {
            yaml.append("        - ").append(step.replace("\n", "\n          ")).append('\n');
        }
        return yaml.toString();
    }

    static String from(String id, String uri, String... steps) {
        return route(id, steps).replace("direct:" + id, uri);
    }

    static String answer(String text) {
        return "setBody:\n  constant: \"" + text + "\"";
    }

    /** Asks again and again, with a rest between, until it is told to stop: what a recording in flight does. */
    static String loop(int restMillis, String... steps) {
        StringBuilder yaml = new StringBuilder(
                "loop:\n  doWhile: true\n  breakOnShutdown: true\n  simple: \"${variable.done} == null\"\n  steps:\n    - delay:\n        constant: ");
        yaml.append(restMillis);
        for (String step : steps) {
            yaml.append("\n    - ").append(step.replace("\n", "\n      "));
        }
        return yaml.toString();
    }

    static String onException(String answer) {
        return "- routeConfiguration:\n    onException:\n      - onException:\n          exception:\n            - java.lang.IllegalStateException\n"
                + "          handled:\n            constant: \"true\"\n          steps:\n            - setBody:\n                constant: \""
                + answer + "\"\n";
    }
}
