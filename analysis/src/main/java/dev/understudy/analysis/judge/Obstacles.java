package dev.understudy.analysis.judge;

import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec.Isolation;
import java.util.ArrayList;
import java.util.List;

/// What keeps a run from being a GO whatever it found: it did not end, was stopped for live's sake, was not
/// recorded completely, its arms were not shut in, or there was nothing to compare the shadow with.
final class Obstacles {
    private Obstacles() {}

    static List<Reason> of(Scenario scenario, Journal journal, TrialRecord first, Fidelity fidelity) {
        List<Reason> found = new ArrayList<>();
        LiveReadings.stop(scenario, journal).ifPresent(found::add);
        journal.events(Event.Failed.class)
                .map(failed -> Reason.of("The run did not end well (" + failed.kind() + "): "
                        + ChangeJudge.firstLine(failed.message(), "no message") + "."))
                .forEach(found::add);
        if (journal.events(Event.RunStarted.class).findAny().isEmpty()
                || journal.events(Event.RunEnded.class).findAny().isEmpty()) {
            found.add(Reason.of("The record of the run is not complete: its beginning or its end is missing."));
        }
        journal.events(Event.RecordShortened.class)
                .map(shortened -> Reason.of("The record of the run was shortened after " + shortened.afterLines()
                        + " lines, so it is not complete."))
                .forEach(found::add);
        found.addAll(leaks(scenario, journal));
        first.events(Event.StageEnded.class)
                .filter(stage -> !stage.outcome().equals("done"))
                .map(stage -> Reason.of("Stage " + stage.stage() + " ended early: "
                        + ChangeJudge.firstLine(stage.outcome(), "no reason given") + "."))
                .forEach(found::add);
        fidelity.unknown().ifPresent(found::add);
        return found;
    }

    private static List<Reason> leaks(Scenario scenario, Journal journal) {
        if (scenario.shadow().isolation() == Isolation.WATCHED) {
            return List.of();
        }
        List<Event.Probed> probes = journal.events(Event.Probed.class).toList();
        if (probes.isEmpty()) {
            return List.of(Reason.of("That the arms are shut in was not probed.", "isolation", scenario.place()));
        }
        return probes.stream()
                .filter(probe -> !probe.held())
                .map(probe -> Reason.of(
                        "The " + probe.arm() + " arm is not shut in: " + probe.attempt() + " got out.",
                        "isolation",
                        scenario.place()))
                .toList();
    }
}
