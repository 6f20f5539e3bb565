package dev.understudy.analysis.judge;

import dev.understudy.analysis.rules.Downtime;
import dev.understudy.analysis.rules.RecoveryWatch;
import dev.understudy.analysis.rules.Timing;
import dev.understudy.analysis.rules.Values;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal.Timed;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Whether users were served again, in time, because of the rollback.
final class RecoveryChecks {
    private static final double POINT = 0.01;
    private static final int FEW = 3;

    private final Scenario scenario;
    private final TrialRecord trial;
    private final RollbackProcedure rollback;

    RecoveryChecks(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
        rollback = scenario.rollback();
    }

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        Optional<Timed<Event.Recovery>> decided = trial.first(Event.Recovery.class);
        if (decided.isEmpty()) {
            return List.of(Fault.untested(Reason.of("Whether the candidate recovered is not on record.")));
        }
        if (!decided.get().event().recovered()) {
            faults.add(notRecovered(decided.get().event().because()));
        } else {
            late().ifPresent(faults::add);
            traffic().ifPresent(faults::add);
            faults.addAll(relieved(decided.get().event().since()));
            turnedAway(decided.get().event().since()).ifPresent(faults::add);
        }
        downtime().ifPresent(faults::add);
        faults.addAll(leftOnLinks());
        return faults;
    }

    private Fault notRecovered(String because) {
        String within = Values.duration(scenario.steady().within().toNanos());
        if (because.equals(RecoveryWatch.TOO_LITTLE_TRAFFIC)) {
            return Fault.untested(Reason.of(
                    "Too little traffic after the rollback to tell whether the candidate recovered.",
                    "floor",
                    rollback.place()));
        }
        boolean allSucceeded = trial.events(Event.RollbackEnded.class).anyMatch(Event.RollbackEnded::allSucceeded);
        Reason reason = Reason.of(
                (allSucceeded ? "After every step succeeded" : "After the rollback")
                        + " the old version did not recover within " + within + ": " + because + ".",
                "steady",
                rollback.place(),
                "not within " + within);
        return allSucceeded ? Fault.oneWay(reason) : Fault.failed(reason);
    }

    private Optional<Fault> late() {
        long budget = rollback.budget().recovery().toNanos();
        OptionalLong took = trial.recovery();
        if (took.isEmpty() || took.getAsLong() <= budget) {
            return Optional.empty();
        }
        String measure = Values.duration(took.getAsLong()) + " of " + Values.duration(budget);
        return Optional.of(Fault.failed(
                Reason.of("The rollback took " + measure + " to recover.", "recovery", rollback.place(), measure)));
    }

    private Optional<Fault> downtime() {
        if (rollback.budget().downtime().isEmpty()) {
            return Optional.empty();
        }
        long budget = rollback.budget().downtime().get().toNanos();
        Optional<Downtime> down = downtime(trial);
        if (down.isEmpty()) {
            return Optional.of(Fault.untested(Reason.of(
                    "Downtime could not be measured: no exchange is on record.", "downtime", rollback.place())));
        }
        if (down.get().total() <= budget) {
            return Optional.empty();
        }
        String measure = Values.duration(down.get().total()) + " of " + Values.duration(budget);
        return Optional.of(Fault.failed(
                Reason.of("Users were turned away for " + measure + ".", "downtime", rollback.place(), measure)));
    }

    /// The downtime of the candidate from when the rules watch until it had recovered, or until nobody
    /// looked any more.
    static Optional<Downtime> downtime(TrialRecord trial) {
        OptionalLong from = trial.watchBegan();
        OptionalLong to = trial.recoveredSince();
        if (to.isEmpty()) {
            to = trial.stageEnded("recovery");
        }
        return from.isEmpty() || to.isEmpty() ? Optional.empty() : downtime(trial, from.getAsLong(), to.getAsLong());
    }

    /// The downtime of the candidate between two moments; empty if nothing is on record of them.
    static Optional<Downtime> downtime(TrialRecord trial, long from, long to) {
        List<Timing> timings = trial.exchanges().stream()
                .filter(exchange -> !exchange.control() && exchange.sent() > 0)
                .map(Timing::of)
                .toList();
        return Downtime.isKnown(timings, from, to) ? Optional.of(Downtime.of(timings, from, to)) : Optional.empty();
    }

    private Optional<Fault> traffic() {
        long from = trial.when(Event.RollbackEnded.class).orElse(Long.MAX_VALUE);
        return Floor.below(scenario, trial.sentBetween(from, Long.MAX_VALUE), "after the rollback")
                .map(Fault::untested);
    }

    /// Deviations that ended by themselves before the candidate recovered: then who says that the rollback
    /// did it?
    private List<Fault> relieved(long since) {
        OptionalLong trouble =
                trial.breach().map(breach -> OptionalLong.of(breach.at())).orElseGet(trial::rollbackBegan);
        return scenario.deviations().stream()
                .filter(spec -> spec.lasts().isPresent()
                        && spec.until() == DeviationSpec.Until.RECOVERY
                        && !(spec.target() instanceof DeviationSpec.Target.OnRule))
                .filter(spec -> trial.timed(Event.DeviationEnded.class)
                        .anyMatch(ended -> ended.event().id().equals(spec.id())
                                && ended.event().arm().equals(RuleHistory.CANDIDATE)
                                && ended.at() >= trouble.orElse(0)
                                && ended.at() <= since))
                .map(spec -> Fault.untested(Reason.of(
                        "Deviation " + spec.id()
                                + " ended before the candidate recovered, so its end may be what helped.",
                        spec.id(),
                        spec.place())))
                .toList();
    }

    /// Requests that the control takes and the candidate refuses although it has recovered, in sessions in
    /// which the arms had agreed until then. They are no errors by status, and users are turned away all
    /// the same.
    private Optional<Fault> turnedAway(long since) {
        Set<Long> atOdds = new HashSet<>();
        long all = 0;
        long away = 0;
        for (ExchangePair pair : trial.pairs()) {
            if (pair.intended() >= since
                    && pair.wasSent()
                    && !atOdds.contains(pair.control().session())) {
                all++;
                away += pair.isTurnedAway() ? 1 : 0;
            }
            if (pair.isAtOdds()) {
                atOdds.add(pair.control().session());
            }
        }
        if (away < FEW || (double) away / all <= POINT + usual()) {
            return Optional.empty();
        }
        return Optional.of(Fault.untested(Reason.of(
                "After recovery the candidate refused " + away + " of " + all + " requests that the control took.",
                "agreement",
                rollback.place(),
                away + " of " + all)));
    }

    private double usual() {
        List<ExchangePair> baseline = trial.sentBetween(
                trial.stageBegan("baseline").orElse(0),
                trial.stageEnded("baseline").orElse(0));
        return baseline.isEmpty()
                ? 0
                : (double) baseline.stream().filter(ExchangePair::isTurnedAway).count() / baseline.size();
    }

    private List<Fault> leftOnLinks() {
        return scenario.deviations().stream()
                .filter(spec -> trial.events(Event.DeviationBegan.class)
                        .filter(began -> began.id().equals(spec.id()))
                        .anyMatch(began -> trial.events(Event.DeviationEnded.class)
                                .noneMatch(ended -> ended.id().equals(spec.id())
                                        && ended.arm().equals(began.arm())
                                        && ended.verified())))
                .map(spec -> Fault.untested(Reason.of(
                        "That deviation " + spec.id() + " was undone is not on record.", spec.id(), spec.place())))
                .toList();
    }
}
