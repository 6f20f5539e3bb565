package dev.understudy.cli;

import dev.understudy.deviation.DeviationKinds;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.reading.DiskSources;
import dev.understudy.scenario.reading.ScenarioReader;
import dev.understudy.scenario.reading.Validation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The reader with every deviation kind there is, and the files as the user names them.
final class Language {
    private Language() {}

    static ScenarioReader reader() {
        return new ScenarioReader(DeviationKinds.signatures());
    }

    /// The one scenario that this file is. @throws ScenarioException with every problem it has
    static Scenario scenario(String file) {
        Validation validation = validate(List.of(file));
        if (!validation.isSound()) {
            throw new ScenarioException(validation.problems());
        }
        return validation.scenarios().stream()
                .findFirst()
                .orElseThrow(() -> new ScenarioException(List.of(Problem.at(
                        validation.topologies().getFirst().place(),
                        "this is a topology; 'understudy init " + file + "' writes a first scenario of it"))));
    }

    /// A topology that was written just now, and is in no file yet.
    static Topology topology(String file, String text) {
        return reader().topology(SourceTree.of(java.util.Map.of(file, text)), file)
                .orThrow();
    }

    static SourceTree files() {
        return new DiskSources(Path.of(""));
    }

    /// Reads all files; nothing is started. @throws dev.understudy.scenario.ScenarioException never: see
    /// the result
    static Validation validate(List<String> files) {
        Validation read = Validation.of(reader(), files(), files);
        List<Problem> all = new ArrayList<>(read.problems());
        read.scenarios().forEach(scenario -> all.addAll(BundleCheck.problems(scenario, Instant.now())));
        return new Validation(read.scenarios(), read.topologies(), all);
    }
}
