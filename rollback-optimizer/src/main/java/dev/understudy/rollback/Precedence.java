package dev.understudy.rollback;

import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which step has to be done before which: a directed acyclic graph over steps in the order written. Not
/// thread-safe.
final class Precedence {
    private final Map<String, Set<String>> waits = new LinkedHashMap<>();

    private Precedence(Collection<String> steps) {
        steps.forEach(step -> waits.put(step, new LinkedHashSet<>()));
    }

    /// What a procedure declares. @throws IllegalArgumentException if a need is unknown or needs go in a circle
    static Precedence declared(RollbackProcedure procedure) {
        Precedence declared =
                new Precedence(procedure.steps().stream().map(Step::id).toList());
        for (Step step : procedure.steps()) {
            step.needs().forEach(need -> declared.add(need, step.id()));
        }
        declared.order();
        return declared;
    }

    /// What a plan says. @throws IllegalArgumentException as [#declared]
    static Precedence planned(List<String> order, Map<String, List<String>> waitsFor) {
        Precedence planned = new Precedence(order);
        waitsFor.forEach((step, awaited) -> awaited.forEach(before -> planned.add(before, step)));
        planned.order();
        return planned;
    }

    /// Says that `before` has to be done before `after`.
    void add(String before, String after) {
        if (!waits.containsKey(before)) {
            throw new IllegalArgumentException("step '" + after + "' waits for unknown step '" + before + "'");
        }
        of(after).add(before);
    }

    void remove(String before, String after) {
        of(after).remove(before);
    }

    /// Whether `before` has to be done before `after`, through other steps or not.
    boolean isBefore(String before, String after) {
        return isBefore(before, after, new HashSet<>());
    }

    private boolean isBefore(String before, String after, Set<String> seen) {
        for (String awaited : of(after)) {
            if (awaited.equals(before) || (seen.add(awaited) && isBefore(before, awaited, seen))) {
                return true;
            }
        }
        return false;
    }

    /// The steps as written, except that none comes before what it waits for.
    /// @throws IllegalArgumentException if they wait for each other in a circle
    List<String> order() {
        List<String> left = new ArrayList<>(waits.keySet());
        Set<String> done = new LinkedHashSet<>();
        while (!left.isEmpty()) {
            String next = left.stream()
                    .filter(step -> done.containsAll(of(step)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("steps wait for each other in a circle: " + left));
            left.remove(next);
            done.add(next);
        }
        return List.copyOf(done);
    }

    /// Every step with what it waits for, in the order written.
    Map<String, List<String>> waitsFor() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        waits.forEach((step, awaited) -> copy.put(step, List.copyOf(awaited)));
        return copy;
    }

    private Set<String> of(String step) {
        Set<String> awaited = waits.get(step);
        if (awaited == null) {
            throw new IllegalArgumentException("no step '" + step + "'");
        }
        return awaited;
    }
}
