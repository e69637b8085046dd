package io.github.zoomtranscriber.reload;

import java.util.List;
import java.util.stream.Collectors;

/** The routes in the folder cannot be started. The message has one line for each problem. */
public class BrokenRoutesException extends RuntimeException {

    private final transient List<Problem> problems;

    public BrokenRoutesException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
