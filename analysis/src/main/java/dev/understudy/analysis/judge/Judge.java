package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.ExpectationReading;
import dev.understudy.analysis.RunSummary.Identity;
import dev.understudy.analysis.Verdict;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Judges a run: from what was wanted and what is on record to everything that reports show. Pure: the same
/// scenario and journal give the same summary, today and in a year.
public final class Judge {
    private Judge() {}

    /// The summary of a run, however far it came.
    public static RunSummary judge(Scenario scenario, Journal journal) {
        List<TrialRecord> recorded = TrialRecord.all(journal);
        List<TrialRecord> trials = recorded.isEmpty() ? List.of(new TrialRecord(journal, 1)) : recorded;
        TrialRecord first = trials.getFirst();
        Fidelity fidelity = new Fidelity(scenario, first);
        Acceptance acceptance = Acceptance.of(scenario, journal);
        Conclusion conclusion = new Conclusion(scenario, Findings.of(scenario, journal, trials, fidelity), acceptance);
        Verdict verdict = conclusion.verdict();
        StepReadings steps = new StepReadings(scenario, first);
        return new RunSummary(
                identity(scenario, journal),
                verdict,
                FigureReading.of(scenario, first, steps),
                Readings.changes(scenario, first),
                RuleReadings.of(scenario, first),
                steps.readings(),
                Marks.of(scenario, first),
                SeriesReading.of(first),
                TimeSplit.of(scenario, journal),
                fidelity.routes(),
                Readings.data(first),
                Readings.ledger(scenario, first),
                PlanReadings.of(journal, first),
                Readings.deviations(scenario, first),
                Readings.drift(journal),
                Readings.isolation(scenario, journal),
                LiveReadings.of(journal),
                Readings.traffic(first),
                NotChecked.of(
                        scenario, first, fidelity, LiveReadings.notChecked(journal), conclusion.openBesides(verdict)),
                expectation(scenario, verdict),
                acceptance.inForce(),
                TrialReadings.of(scenario, trials),
                ProfileReadings.of(scenario, first),
                BlastReadings.of(scenario, first),
                new AlertReadings(scenario, first).reading(),
                StartMigrations.of(scenario, first));
    }

    private static Identity identity(Scenario scenario, Journal journal) {
        Optional<Event.RunStarted> started =
                journal.events(Event.RunStarted.class).findFirst();
        Map<String, String> sources = new TreeMap<>();
        started.ifPresent(event -> event.sources().forEach(source -> sources.put(source.name(), source.sha256())));
        return new Identity(
                started.map(Event.RunStarted::runId).orElse("unknown"),
                scenario.name(),
                scenario.place(),
                scenario.description(),
                started.map(Event.RunStarted::seed).orElse(scenario.seed()),
                started.map(Event.RunStarted::startedAt).orElse(""),
                started.map(Event.RunStarted::tool).orElse(""),
                started.map(Event.RunStarted::again).orElse(""),
                sources,
                started.map(event -> (Map<String, String>) new TreeMap<>(event.machine()))
                        .orElse(Map.of()));
    }

    private static Optional<ExpectationReading> expectation(Scenario scenario, Verdict verdict) {
        return scenario.expect().map(expect -> {
            List<String> hazards = expect.hazards().orElse(List.of());
            String expected = String.join(
                    ", ",
                    java.util.stream.Stream.of(
                                    expect.verdict().stream(), expect.reversibility().stream(), hazards.stream())
                            .flatMap(words -> words)
                            .toList());
            boolean met =
                    expect.verdict().map(verdict.decision().name()::equals).orElse(true)
                            && expect.reversibility()
                                    .map(verdict.reversibility().word()::equals)
                                    .orElse(true)
                            // hazards are not looked for, so none is found
                            && hazards.isEmpty();
            return new ExpectationReading(expect.place(), expected, met);
        });
    }
}
