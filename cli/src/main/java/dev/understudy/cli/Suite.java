package dev.understudy.cli;

import dev.understudy.cli.progress.Style;
import dev.understudy.engine.Rehearsal;
import dev.understudy.journal.JournalStore;
import dev.understudy.report.JunitXml;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteJson;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.reading.Validation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The scenarios of one command, one after the other, and what is written over all of them.
final class Suite {
    private final JournalStore store;
    private final Rehearsal.Options options;
    private final Style style;
    private final OptionalLong seed;

    Suite(Path out, Rehearsal.Options options, Style style, OptionalLong seed) {
        this.store = new JournalStore(out);
        this.options = options;
        this.style = style;
        this.seed = seed;
    }

    /// Runs them; returns the code of the whole command.
    /// @throws ScenarioException with every problem of every file, before anything was started
    ExitCode run(List<String> files) {
        Validation validation = Language.validate(files);
        if (!validation.isSound()) {
            throw new ScenarioException(validation.problems());
        }
        if (validation.scenarios().isEmpty()) {
            throw new ScenarioException(validation.topologies().stream()
                    .map(topology ->
                            Problem.at(topology.place(), "this is a topology, and there is no scenario to rehearse"))
                    .toList());
        }
        HeldShadows.ofThisUser().forgetDead();
        List<SuiteEntry> entries = new ArrayList<>();
        List<ExitCode> codes = new ArrayList<>();
        for (Scenario scenario : validation.scenarios()) {
            SingleRun run = new SingleRun(store, options, style, seeded(scenario));
            SuiteEntry entry = run.run();
            entries.add(entry);
            codes.add(run.code());
            if (run.code() == ExitCode.INTERRUPTED) {
                break;
            }
        }
        write(entries);
        return ExitCode.worst(codes);
    }

    private Scenario seeded(Scenario scenario) {
        return seed.isEmpty() ? scenario : scenario.withSeed(seed.getAsLong());
    }

    private void write(List<SuiteEntry> entries) {
        store.latest().ifPresent(latest -> {
            try {
                Files.writeString(latest.file("suite.json"), SuiteJson.render(entries));
                Files.writeString(latest.file("junit.xml"), JunitXml.render(entries));
            } catch (IOException e) {
                throw new UncheckedIOException("can't write to " + latest.path(), e);
            }
        });
    }
}
