package dev.understudy.analysis.judge;

import dev.understudy.journal.Event;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the steps of a rollback did what they said.
final class StepChecks {
    private static final String IRREVERSIBLE = " is declared irreversible";

    private final Scenario scenario;
    private final TrialRecord trial;

    StepChecks(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
    }

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (Step step : scenario.rollback().steps()) {
            fault(step).ifPresent(faults::add);
            if (step.common().irreversible()) {
                faults.add(Fault.oneWay(Reason.of("Step " + step.id() + IRREVERSIBLE + ".", step.id(), step.place())));
            }
        }
        boolean hasFailed = faults.stream().anyMatch(fault -> fault.kind() != Fault.Kind.ONE_WAY);
        Optional<Boolean> all = trial.first(Event.RollbackEnded.class)
                .map(ended -> ended.event().allSucceeded());
        if (all.isEmpty()) {
            faults.add(Fault.untested(Reason.of("The rollback did not end.")));
        } else if (!all.get() && !hasFailed) {
            faults.add(Fault.failed(Reason.of("The rollback ended without success.")));
        }
        return faults;
    }

    /// Whether a fault is merely what the author declared of a step.
    static boolean isDeclaration(Fault fault) {
        return fault.kind() == Fault.Kind.ONE_WAY && fault.reason().text().endsWith(IRREVERSIBLE + ".");
    }

    private Optional<Fault> fault(Step step) {
        List<Event.StepEnded> attempts = trial.events(Event.StepEnded.class)
                .filter(ended -> ended.step().equals(step.id()))
                .toList();
        if (attempts.isEmpty()) {
            return Optional.of(Fault.untested(Reason.of(
                    "Step " + step.id() + " of the rollback is not on record as ended.", step.id(), step.place())));
        }
        Event.StepEnded last = attempts.getLast();
        if (last.outcome().equals("done")) {
            return Optional.empty();
        }
        Reason reason = Reason.of(
                "Step " + step.id() + " of the rollback " + verb(last.outcome()) + ": "
                        + ChangeJudge.firstLine(last.output(), "no output") + ".",
                step.id(),
                step.place(),
                last.outcome());
        // what was not healthy beside the new version may well be alone
        boolean isOldVersion = step instanceof Step.Revert revert
                && !revert.how().isStartFirst()
                && last.outcome().equals("failed")
                && isOnlyFailure(step);
        return Optional.of(isOldVersion ? Fault.oneWay(reason) : Fault.failed(reason));
    }

    private static String verb(String outcome) {
        return outcome.equals("skipped") ? "was skipped" : outcome;
    }

    // when all else went well, a revert that fails means that the old version does not start any more
    private boolean isOnlyFailure(Step step) {
        Map<String, String> last = new HashMap<>();
        trial.events(Event.StepEnded.class).forEach(ended -> last.put(ended.step(), ended.outcome()));
        last.remove(step.id());
        return last.values().stream().allMatch(outcome -> outcome.equals("done") || outcome.equals("skipped"));
    }
}
