package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.AlertReading;
import dev.understudy.analysis.RunSummary.AlertsReading;
import dev.understudy.journal.Event;
import dev.understudy.scenario.Monitoring.Alerting;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the team's own alert rules would have said. They are told, and they are weighed in one way only: an alert
/// that would have fired for the candidate alone, while the change was watched, forbids to call the change healthy.
final class AlertReadings {
    private final Scenario scenario;
    private final TrialRecord trial;

    AlertReadings(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
    }

    AlertsReading reading() {
        if (scenario.monitoring().alerts().isEmpty()) {
            return AlertsReading.NONE;
        }
        List<AlertReading> alerts = trial.events(Event.AlertSeen.class)
                .map(seen -> new AlertReading(
                        seen.arm(),
                        seen.alert(),
                        seen.place(),
                        seen.labels(),
                        seen.neededNanos(),
                        seen.activeAt(),
                        seen.firingAt(),
                        seen.endedAt(),
                        seen.value(),
                        isAlone(seen)))
                .sorted(Comparator.comparing(
                                (AlertReading alert) -> alert.firingAt().isEmpty())
                        .thenComparingLong(AlertReading::activeAt)
                        .thenComparing(AlertReading::arm))
                .toList();
        return new AlertsReading(
                trial.events(Event.AlertsWatched.class)
                        .mapToInt(Event.AlertsWatched::rules)
                        .max()
                        .orElse(0),
                isEvaluated(),
                trial.timed(Event.AlertsWatched.class)
                        .mapToLong(watched -> watched.at())
                        .max()
                        .orElse(0),
                alerts,
                notSeen());
    }

    private boolean isEvaluated() {
        return List.of(RuleHistory.CANDIDATE, RuleHistory.CONTROL).stream()
                .allMatch(arm -> trial.events(Event.AlertsWatched.class)
                        .anyMatch(watched -> watched.arm().equals(arm)));
    }

    private List<String> notSeen() {
        List<String> lines = new ArrayList<>();
        trial.events(Event.AlertsWatched.class).forEach(watched -> {
            watched.unseen().forEach(unseen -> lines.add(watched.arm() + ": no series for " + unseen));
            watched.failed().forEach(failed -> lines.add(watched.arm() + ": " + failed));
            watched.leftOut().forEach(left -> lines.add(watched.arm() + ": " + left));
        });
        return lines;
    }

    private boolean fires(Event.AlertSeen seen) {
        long watch = trial.watchBegan().orElse(Long.MAX_VALUE);
        long rollback = trial.rollbackBegan().orElse(Long.MAX_VALUE);
        return seen.firingAt().isPresent()
                && seen.firingAt().getAsLong() <= rollback
                && seen.endedAt().orElse(Long.MAX_VALUE) >= watch;
    }

    /// Whether it fired for the candidate while the change was watched, and the same alert with the same labels
    /// didn't for the control.
    private boolean isAlone(Event.AlertSeen seen) {
        return seen.arm().equals(RuleHistory.CANDIDATE)
                && fires(seen)
                && trial.events(Event.AlertSeen.class)
                        .noneMatch(other -> other.arm().equals(RuleHistory.CONTROL)
                                && other.alert().equals(seen.alert())
                                && other.labels().equals(seen.labels())
                                && fires(other));
    }

    /// Why the change can't be called healthy.
    List<Reason> open() {
        Optional<Alerting> alerting = scenario.monitoring().alerts();
        if (alerting.isEmpty()) {
            return List.of();
        }
        List<Reason> open = new ArrayList<>();
        trial.events(Event.AlertSeen.class)
                .filter(this::isAlone)
                .map(Event.AlertSeen::alert)
                .distinct()
                .forEach(alert -> open.add(Reason.of(
                        "Your alert " + alert + " would have fired for the candidate, and not for the control, while "
                                + "the change was watched.",
                        alert,
                        alerting.get().place())));
        boolean isAllThereIs = scenario.stability().isEmpty();
        if (isAllThereIs && (!isEvaluated() || !notSeen().isEmpty())) {
            open.add(Reason.of(
                    isEvaluated()
                            ? "Your alert rules could not see all that they look at: "
                                    + notSeen().getFirst() + "."
                            : "Your alert rules were not evaluated to the end.",
                    "alerts",
                    alerting.get().place()));
        }
        return open;
    }

    /// What silence of the alerts does not prove.
    List<String> notChecked() {
        if (scenario.monitoring().alerts().isEmpty()) {
            return List.of();
        }
        return isEvaluated()
                ? notSeen().stream().map(line -> "alerts, " + line).toList()
                : List.of("alerts: not evaluated to the end");
    }
}
