package dev.understudy.rollback;

import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checks from what was recorded that a rollback obeyed its needs and its capacity. Shares no code with what plans or
/// executes.
public final class PlanChecker {
    private PlanChecker() {}

    /// One step as it was executed: from the beginning of its first attempt to the end of its last, in
    /// nanoseconds on any one clock. Steps that were skipped are left out.
    public record Executed(String step, long start, long end) {}

    /// Every violation, one line each; empty if all is well.
    public static List<String> check(RollbackProcedure procedure, List<Executed> executed) {
        List<String> violations = new ArrayList<>();
        Map<String, Executed> byStep = new HashMap<>();
        for (Executed one : executed) {
            if (procedure.steps().stream().noneMatch(step -> step.id().equals(one.step()))) {
                violations.add("'" + one.step() + "' is no step of the procedure");
            }
            if (one.end() < one.start()) {
                violations.add("'" + one.step() + "' ended before it began");
            }
            if (byStep.put(one.step(), one) != null) {
                violations.add("'" + one.step() + "' was executed twice");
            }
        }
        for (Step step : procedure.steps()) {
            Executed own = byStep.get(step.id());
            if (own != null) {
                check(step, own, byStep, violations);
            }
        }
        procedure.capacity().forEach((resource, most) -> {
            List<Executed> users = executed.stream()
                    .filter(one -> uses(procedure, one.step(), resource))
                    .toList();
            for (Executed user : users) {
                long atOnce = users.stream()
                        .filter(other -> other.start() <= user.start() && other.end() > user.start())
                        .count();
                if (atOnce > most) {
                    violations.add(atOnce + " steps used '" + resource + "' when '" + user.step()
                            + "' began, not at most " + most);
                }
            }
        });
        return List.copyOf(violations);
    }

    private static boolean uses(RollbackProcedure procedure, String id, String resource) {
        return procedure.steps().stream()
                .anyMatch(step -> step.id().equals(id) && step.common().uses().contains(resource));
    }

    private static void check(Step step, Executed own, Map<String, Executed> byStep, List<String> violations) {
        for (String need : step.needs()) {
            Executed needed = byStep.get(need);
            if (needed == null) {
                violations.add("'" + step.id() + "' was executed without '" + need + "', which it needs");
            } else if (own.start() < needed.end()) {
                violations.add("'" + step.id() + "' began " + (needed.end() - own.start()) + " ns before '" + need
                        + "' ended, which it needs");
            }
        }
    }
}
