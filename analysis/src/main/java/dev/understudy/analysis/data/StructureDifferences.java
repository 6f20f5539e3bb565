package dev.understudy.analysis.data;

import dev.understudy.scenario.Scenario.ExpectedDifference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the structure of a store has in one arm only: what a rollback left behind, and what it took along.
public final class StructureDifferences {
    private StructureDifferences() {}

    /// One line for each, those of declared tables and columns left out.
    static List<String> of(List<String> control, List<String> candidate, List<ExpectedDifference> declared) {
        Set<String> ours = new HashSet<>(control);
        Set<String> theirs = new HashSet<>(candidate);
        List<String> found = new ArrayList<>();
        candidate.stream()
                .filter(line -> !ours.contains(line) && !isDeclared(line, declared))
                .forEach(line -> found.add("left behind: " + line));
        control.stream()
                .filter(line -> !theirs.contains(line) && !isDeclared(line, declared))
                .forEach(line -> found.add("missing: " + line));
        return List.copyOf(found);
    }

    /// Whether an object is one of a declared table, or a declared column: a line names it as `table.column`, or
    /// table and column as words of their own.
    public static boolean isDeclared(String line, List<ExpectedDifference> declared) {
        Set<String> words = new HashSet<>(List.of(line.split("[^A-Za-z0-9_]+")));
        return declared.stream()
                .filter(each -> each.what() != ExpectedDifference.What.FILE)
                .anyMatch(each -> words.containsAll(List.of(each.name().split("\\."))));
    }
}
