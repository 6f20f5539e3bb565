package dev.understudy.analysis.judge;

import dev.understudy.analysis.Verdict;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.Reversibility;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.analysis.rules.Values;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From findings to the verdict, in this order:
///
/// 1. stopped for live's sake before a trial was through, or an unfaithful shadow: INCONCLUSIVE, whatever else
///    was found;
/// 2. a breached change, a failed rollback, no way back (unless accepted), a detection gap, in any trial:
///    NO_GO;
/// 3. a healthy change and a proven rollback in the first trial, and nothing that forbids it: GO;
/// 4. anything else: INCONCLUSIVE.
final class Conclusion {
    private final Scenario scenario;
    private final Findings findings;
    private final Acceptance acceptance;

    Conclusion(Scenario scenario, Findings findings, Acceptance acceptance) {
        this.scenario = scenario;
        this.findings = findings;
        this.acceptance = acceptance;
    }

    Verdict verdict() {
        if (findings.cutShort().isPresent()) {
            return abandoned(findings.cutShort().get());
        }
        if (findings.unfaithful().isPresent()) {
            return verdict(Decision.INCONCLUSIVE, findings.unfaithful().get());
        }
        List<Reason> against = against();
        if (!against.isEmpty()) {
            return verdict(Decision.NO_GO, joined(against));
        }
        List<Reason> open = open();
        return open.isEmpty() ? verdict(Decision.GO, good()) : verdict(Decision.INCONCLUSIVE, open.getFirst());
    }

    /// Everything that is held against change or rollback: of each the gravest.
    private List<Reason> against() {
        List<Reason> against = new ArrayList<>();
        findings.faults().stream()
                .filter(Fault::isFailure)
                .filter(fault -> acceptance.inForce().isEmpty() || !isOneWay(fault))
                .findFirst()
                .map(fault -> isOneWay(fault) ? acceptance.told(fault.reason()) : fault.reason())
                .ifPresent(against::add);
        if (findings.change() == ChangeFinding.BREACHED) {
            against.add(findings.changeReasons().getFirst());
        }
        against.addAll(findings.detectionGaps());
        return against;
    }

    // unreadable rows are lost rows, too: who accepts that there is no way back accepts those
    private boolean isOneWay(Fault fault) {
        boolean hasUnreadable = findings.faults().stream()
                .anyMatch(each -> each.kind() == Fault.Kind.ONE_WAY && !StepChecks.isDeclaration(each));
        return fault.kind() == Fault.Kind.ONE_WAY
                || (fault.kind() == Fault.Kind.LOSS && hasUnreadable && findings.lostAreUnreadable());
    }

    private static Reason joined(List<Reason> reasons) {
        Reason first = reasons.getFirst();
        if (reasons.size() == 1) {
            return first;
        }
        String second = reasons.get(1).text();
        return new Reason(first.text() + " Besides: " + second, first.decidedBy(), first.place(), first.measure());
    }

    /// Why this is no GO although nothing is held against it.
    private List<Reason> open() {
        List<Reason> open = new ArrayList<>(findings.obstacles());
        open.addAll(findings.changeReasons());
        findings.faults().stream()
                .filter(fault -> fault.kind() == Fault.Kind.UNTESTED)
                .map(Fault::reason)
                .forEach(open::add);
        return open;
    }

    /// Everything that is open and is not the verdict's own reason.
    List<String> openBesides(Verdict verdict) {
        return open().stream()
                .map(Reason::text)
                .filter(text -> !text.equals(verdict.reason()))
                .distinct()
                .toList();
    }

    private Reason good() {
        String watched = Values.duration(findings.watchedNanos());
        String budget = Values.duration(scenario.rollback().budget().recovery().toNanos());
        boolean isOneWay = findings.reversibility() instanceof Reversibility.OneWay;
        String rollback = isOneWay
                ? "there is no way back, which is accepted"
                : findings.recovery().isPresent()
                        ? "the rollback recovered in "
                                + Values.duration(findings.recovery().getAsLong()) + " of " + budget
                        : "the rollback succeeded";
        String loss = findings.reversibility() instanceof Reversibility.WithLoss lost
                ? " with " + lost.rows() + " acknowledged writes lost, as many as allowed"
                : isOneWay ? "" : " with nothing lost";
        String measure = findings.recovery().isPresent()
                ? Values.duration(findings.recovery().getAsLong()) + " of " + budget
                : "";
        return new Reason(
                "No rule was broken by the change in " + watched + ", and " + rollback + loss + ".",
                Optional.of("recovery"),
                Optional.of(scenario.rollback().place()),
                measure);
    }

    /// What was found until then may have come from the stop, so nothing is.
    private static Verdict abandoned(Reason reason) {
        return new Verdict(
                Decision.INCONCLUSIVE,
                ChangeFinding.UNKNOWN,
                RollbackFinding.UNTESTED,
                new Reversibility.Untold(),
                reason.text(),
                reason.decidedBy(),
                reason.place(),
                reason.measure());
    }

    private Verdict verdict(Decision decision, Reason reason) {
        RollbackFinding rollback = findings.rollback();
        return new Verdict(
                decision,
                findings.change(),
                rollback,
                findings.reversibility(),
                reason.text(),
                reason.decidedBy(),
                reason.place(),
                reason.measure());
    }
}
