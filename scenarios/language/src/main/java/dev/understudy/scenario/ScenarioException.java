package dev.understudy.scenario;

import java.util.List;
import java.util.stream.Collectors;

/// The user's fault: everything that is wrong, at once. One of the two exceptions that cross modules.
public final class ScenarioException extends RuntimeException {
    private final transient List<Problem> problems;

    public ScenarioException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// Every problem, in the order of the files.
    public List<Problem> problems() {
        return problems;
    }
}
