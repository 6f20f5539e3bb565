package dev.understudy.cli;

import dev.understudy.engine.Rehearsal;
import dev.understudy.journal.JournalStore;
import dev.understudy.journal.RunDirectory;
import dev.understudy.report.SuiteEntry;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.reading.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The scenarios of one command, one after the other, and what is written over all of them.
final class Suite {
    private final JournalStore store;
    private final Rehearsal.Options options;
    private final OptionalLong seed;
    private final Reporting reporting;
    private Optional<RunDirectory> last = Optional.empty();

    Suite(Path out, Rehearsal.Options options, OptionalLong seed, Reporting reporting) {
        this.store = new JournalStore(out);
        this.options = options;
        this.seed = seed;
        this.reporting = reporting;
    }

    /// Runs them; returns the code of the whole command.
    /// @throws ScenarioException with every problem of every file, before anything was started
    ExitCode run(List<String> files) {
        Validation validation = Language.validate(files);
        if (!validation.isSound()) {
            reporting.ci().annotateProblems(validation.problems());
            throw new ScenarioException(validation.problems());
        }
        if (validation.scenarios().isEmpty()) {
            throw new ScenarioException(List.of(noScenario(files)));
        }
        reporting.sayUnused(validation.scenarios());
        List<SuiteEntry> entries = new ArrayList<>();
        List<ExitCode> codes = new ArrayList<>();
        for (Scenario scenario : validation.scenarios()) {
            if (codes.contains(ExitCode.INTERRUPTED)) {
                entries.add(notStarted(scenario));
                continue;
            }
            SingleRun run = new SingleRun(store, options, seeded(scenario), reporting);
            SuiteEntry entry = run.run(directory -> last = Optional.of(directory));
            entries.add(entry);
            codes.add(run.code());
        }
        last.ifPresent(directory -> SuiteOutputs.write(directory, entries, reporting));
        return ExitCode.worst(codes);
    }

    /// Nothing rehearsed must not read as a GO.
    private static Problem noScenario(List<String> files) {
        return Problem.at(new Place(files.getFirst(), 1, 1), "holds no scenario, so there is nothing to rehearse");
    }

    private Scenario seeded(Scenario scenario) {
        return seed.isEmpty() ? scenario : scenario.withSeed(seed.getAsLong());
    }

    private static SuiteEntry notStarted(Scenario scenario) {
        return SuiteEntry.prevented(
                scenario.place().file(),
                SuiteEntry.Cause.NOT_STARTED,
                "the command was interrupted before",
                Optional.of(scenario.place()),
                ExitCode.INTERRUPTED.code());
    }
}
