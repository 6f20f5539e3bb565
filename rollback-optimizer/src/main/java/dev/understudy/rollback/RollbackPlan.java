package dev.understudy.rollback;

import dev.understudy.scenario.RollbackProcedure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One order of a rollback: every step begins as soon as all that it waits for has ended.
///
/// @param name `written`, `ready`, or what it was made by
/// @param order all steps, each after all that it waits for
/// @param waitsFor for every step the steps that it waits for, in the order of `order`
public record RollbackPlan(String name, List<String> order, Map<String, List<String>> waitsFor) {

    /// @throws IllegalArgumentException if `order` and `waitsFor` don't fit together
    public RollbackPlan {
        order = List.copyOf(order);
        Precedence precedence = Precedence.planned(order, waitsFor);
        if (!precedence.order().equals(order)) {
            throw new IllegalArgumentException(
                    "plan '" + name + "': order " + order + " is not what " + waitsFor + " allows");
        }
        Map<String, List<String>> sorted = new LinkedHashMap<>();
        for (String step : order) {
            List<String> awaited = new ArrayList<>(waitsFor.getOrDefault(step, List.of()));
            awaited.sort(java.util.Comparator.comparingInt(order::indexOf));
            sorted.put(step, List.copyOf(awaited));
        }
        waitsFor = Collections.unmodifiableMap(sorted);
    }

    /// One step at a time, as written. Where that contradicts what the steps need, the needs win, the rest
    /// stays as written, and the name says so.
    public static RollbackPlan written(RollbackProcedure procedure) {
        Precedence needs = Precedence.declared(procedure);
        List<String> order = needs.order();
        boolean asWritten = order.equals(List.copyOf(needs.waitsFor().keySet()));
        for (int i = 1; i < order.size(); i++) {
            needs.add(order.get(i - 1), order.get(i));
        }
        return new RollbackPlan(asWritten ? "written" : "written, but needs first", order, needs.waitsFor());
    }

    /// Each step as soon as what it needs is done, and as there is capacity for it.
    public static RollbackPlan ready(RollbackProcedure procedure) {
        Precedence needs = Precedence.declared(procedure);
        Capacity.edges(procedure, needs.order()).forEach(edge -> needs.add(edge.before(), edge.after()));
        return new RollbackPlan("ready", needs.order(), needs.waitsFor());
    }

    /// The order that the procedure asks for.
    public static RollbackPlan configured(RollbackProcedure procedure) {
        return switch (procedure.order()) {
            case WRITTEN -> written(procedure);
            case READY -> ready(procedure);
        };
    }

    /// What `step` waits for. @throws IllegalArgumentException if there is no such step
    public List<String> waitsFor(String step) {
        List<String> awaited = waitsFor.get(step);
        if (awaited == null) {
            throw new IllegalArgumentException("plan '" + name + "' has no step '" + step + "'");
        }
        return awaited;
    }
}
