package dev.understudy.cli;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.journal.JournalException;
import dev.understudy.journal.JournalReader;
import dev.understudy.journal.JournalStore;
import dev.understudy.journal.RunDirectory;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.VerdictLine;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `report RUN`: judges a recorded run again and renders its report, from its directory alone.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Judges a recorded run again and writes its report anew, from its directory alone.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "latest",
            description = "a run's directory, its id, or 'latest' (default)")
    String run = "latest";

    @Override
    public Integer call() {
        RunDirectory directory = directory();
        try {
            Journal journal = JournalReader.read(directory.path());
            Scenario scenario = scenario(journal);
            RunSummary summary = Judge.judge(scenario, journal);
            SuiteEntry.Outcome.Judged judged = Outputs.write(directory, scenario, summary);
            VerdictLine.above(summary).ifPresent(System.out::println);
            System.out.println(VerdictLine.render(summary, judged.reportPath()));
            return switch (summary.verdict().decision()) {
                case GO -> ExitCode.GO.code();
                case NO_GO -> ExitCode.NO_GO.code();
                case INCONCLUSIVE -> ExitCode.INCONCLUSIVE.code();
            };
        } catch (JournalException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        }
    }

    private RunDirectory directory() {
        Path given = Path.of(run);
        if (Files.exists(given.resolve(RunDirectory.JOURNAL))) {
            return new RunDirectory(given);
        }
        return new JournalStore(Path.of("rehearsals"))
                .find(run)
                .orElseThrow(() -> new EnvironmentException("no run '" + run + "': neither a directory with a "
                        + RunDirectory.JOURNAL + " nor a run in 'rehearsals'"));
    }

    /// The scenario as it was recorded.
    static Scenario scenario(Journal journal) {
        Event.RunStarted started = journal.events(Event.RunStarted.class)
                .findFirst()
                .orElseThrow(
                        () -> new EnvironmentException("the journal has no first event: it is no record of a run"));
        Map<String, String> texts = new HashMap<>();
        started.sources().forEach(source -> texts.put(source.name(), source.text()));
        return Language.reader()
                .withoutFiles()
                .scenario(SourceTree.of(texts), started.scenarioFile())
                .orThrow()
                .withSeed(started.seed());
    }
}
