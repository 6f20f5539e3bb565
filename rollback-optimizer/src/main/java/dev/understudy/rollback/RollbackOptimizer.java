package dev.understudy.rollback;

import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Proposes to start every step as soon as it safely can. A declared need is never dropped; beyond that
///
/// 1. steps that act on the same service, or its store, keep the order in which they are written;
/// 2. a step that can't be undone comes after every step that can and doesn't have to come after it;
/// 3. no more steps than the procedure's capacity allows use a resource at once.
///
/// Conflicts that neither needs nor services show are not seen. Deterministic.
public final class RollbackOptimizer {
    private static final String IRREVERSIBLE = "what can't be undone comes last";

    private final RollbackProcedure procedure;
    private final Precedence precedence;
    private final List<SafetyEdge> added = new ArrayList<>();

    private RollbackOptimizer(RollbackProcedure procedure) {
        this.procedure = procedure;
        this.precedence = Precedence.declared(procedure);
    }

    /// A plan that is predicted to be shorter than `present`; empty if none is, or if a step was not measured.
    ///
    /// @param measuredNanos how long each step took
    /// @throws IllegalArgumentException if the needs of the procedure go in a circle
    public static Optional<Proposal> propose(
            RollbackProcedure procedure, RollbackPlan present, Map<String, Long> measuredNanos) {
        boolean measured = procedure.steps().stream().allMatch(step -> measuredNanos.containsKey(step.id()));
        if (!measured) {
            return Optional.empty();
        }
        RollbackOptimizer optimizer = new RollbackOptimizer(procedure);
        optimizer.keepOrderOnSameService();
        optimizer.putIrreversibleLast();
        optimizer.keepToCapacity();
        optimizer.dropImplied();
        return optimizer.proposal(present, measuredNanos);
    }

    private void keepOrderOnSameService() {
        List<String> order = precedence.order();
        for (int later = 1; later < order.size(); later++) {
            for (int earlier = later - 1; earlier >= 0; earlier--) {
                Step before = procedure.step(order.get(earlier));
                Step after = procedure.step(order.get(later));
                Touch.of(before).conflict(Touch.of(after)).ifPresent(reason -> add(before.id(), after.id(), reason));
            }
        }
    }

    private void keepToCapacity() {
        Capacity.edges(procedure, precedence.order()).forEach(edge -> add(edge.before(), edge.after(), edge.reason()));
    }

    private void putIrreversibleLast() {
        for (Step last : procedure.steps()) {
            for (Step step : procedure.steps()) {
                boolean undoable = !step.common().irreversible();
                if (last.common().irreversible() && undoable) {
                    add(step.id(), last.id(), IRREVERSIBLE);
                }
            }
        }
    }

    /// Adds an edge unless the two are in an order already.
    private void add(String before, String after, String reason) {
        if (!precedence.isBefore(before, after) && !precedence.isBefore(after, before)) {
            precedence.add(before, after);
            added.add(new SafetyEdge(before, after, reason));
        }
    }

    /// Takes back added edges that follow from others, so that the plan stays readable.
    private void dropImplied() {
        for (SafetyEdge edge : List.copyOf(added)) {
            precedence.remove(edge.before(), edge.after());
            if (precedence.isBefore(edge.before(), edge.after())) {
                added.remove(edge);
            } else {
                precedence.add(edge.before(), edge.after());
            }
        }
    }

    private Optional<Proposal> proposal(RollbackPlan present, Map<String, Long> measured) {
        RollbackPlan plan = new RollbackPlan("proposed", precedence.order(), precedence.waitsFor());
        Makespan now = Makespan.of(present, measured);
        Makespan then = Makespan.of(plan, measured);
        if (then.nanos() >= now.nanos()) {
            return Optional.empty();
        }
        return Optional.of(new Proposal(plan, then.nanos(), now.nanos(), added, why(now, then)));
    }

    private String why(Makespan now, Makespan then) {
        String earlier = then.spans().entrySet().stream()
                .filter(step -> isEarlier(step.getKey(), now, then))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        String kept = added.isEmpty()
                ? ""
                : "; kept in order: " + added.stream().map(SafetyEdge::toString).collect(Collectors.joining("; "));
        return seconds(then.nanos()) + " instead of " + seconds(now.nanos()) + ": " + earlier
                + " begin earlier; the longest chain is then " + String.join(" → ", then.criticalPath()) + kept;
    }

    private static boolean isEarlier(String step, Makespan now, Makespan then) {
        Makespan.Span before = now.spans().get(step);
        Makespan.Span after = then.spans().get(step);
        return before != null && after != null && after.start() < before.start();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
