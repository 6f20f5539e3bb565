package dev.understudy.cli;

import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Journal;
import dev.understudy.journal.JournalException;
import dev.understudy.journal.JournalReader;
import dev.understudy.journal.JournalStore;
import dev.understudy.journal.RunDirectory;
import dev.understudy.report.RunJson;
import dev.understudy.report.comparison.RunFacts;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A run that is over, by its `run.json`.
///
/// @param json the text of that file
record RecordedRun(String json, RunFacts facts) {

    /// Finds it by a `run.json`, a run's directory, or its id or `latest` in `rehearsals`. A directory without the
    /// file is judged from its journal.
    /// @throws ScenarioException if there is nothing of that name, or it can't be read
    static RecordedRun named(String name) {
        Path given = Path.of(name);
        if (Files.isRegularFile(given)) {
            return of(given);
        }
        RunDirectory directory = Files.isDirectory(given)
                ? new RunDirectory(given)
                : new JournalStore(Path.of("rehearsals"))
                        .find(name)
                        .orElseThrow(() -> wrong(
                                name, "is neither a run.json, nor a run's directory, nor a run in" + " 'rehearsals'"));
        Path file = directory.file("run.json");
        return Files.isRegularFile(file) ? of(file) : judged(directory);
    }

    private static RecordedRun of(Path file) {
        try {
            String json = Files.readString(file);
            return new RecordedRun(json, RunFacts.read(file.toString(), json));
        } catch (IOException e) {
            throw wrong(file.toString(), "can't be read: " + e.getMessage());
        }
    }

    private static RecordedRun judged(RunDirectory directory) {
        String name = directory.path().toString();
        if (!Files.exists(directory.file(RunDirectory.JOURNAL))) {
            throw wrong(name, "holds neither run.json nor " + RunDirectory.JOURNAL);
        }
        try {
            Journal journal = JournalReader.read(directory.path());
            String json = RunJson.render(Judge.judge(ReportCommand.scenario(journal), journal));
            return new RecordedRun(json, RunFacts.read(name, json));
        } catch (JournalException | EnvironmentException e) {
            throw wrong(name, "can't be judged: " + e.getMessage());
        }
    }

    private static ScenarioException wrong(String file, String what) {
        return new ScenarioException(List.of(Problem.at(new Place(file, 1, 1), what)));
    }
}
