package dev.understudy.scenario.reading;

import dev.understudy.scenario.Step;
import dev.understudy.scenario.tree.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Finds steps that wait for themselves, and names the way round.
final class StepOrder {
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private final List<String> path = new ArrayList<>();
    private final Findings findings;

    private StepOrder(List<Step> steps, Findings findings) {
        this.findings = findings;
        steps.forEach(step -> this.steps.putIfAbsent(step.id(), step));
    }

    static void check(List<Step> steps, Findings findings) {
        StepOrder order = new StepOrder(steps, findings);
        order.steps.values().forEach(order::visit);
    }

    /// Depth first with an explicit stack: a chain of needs may be as long as a file.
    private void visit(Step first) {
        List<Step> open = new ArrayList<>(List.of(first));
        while (!open.isEmpty()) {
            Step at = open.getLast();
            boolean walked = !path.isEmpty() && path.getLast().equals(at.id());
            if (walked || done.contains(at.id())) {
                open.removeLast();
                if (walked) {
                    path.removeLast();
                    done.add(at.id());
                }
                continue;
            }
            path.add(at.id());
            for (String need : at.needs()) {
                Step needed = steps.get(need);
                if (path.contains(need)) {
                    report(need);
                } else if (needed != null && !done.contains(need)) {
                    open.add(needed);
                }
            }
        }
    }

    private void report(String closing) {
        List<String> cycle = new ArrayList<>(path.subList(path.indexOf(closing), path.size()));
        cycle.add(closing);
        findings.add(
                Objects.requireNonNull(steps.get(closing)).place(),
                "the steps wait for each other: " + String.join(" -> ", cycle));
    }
}
