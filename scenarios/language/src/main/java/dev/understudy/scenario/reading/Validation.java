package dev.understudy.scenario.reading;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What a list of files holds, and everything that is wrong in all of them.
///
/// @param scenarios the sound scenarios, in the order of the files
/// @param topologies the sound topologies that were listed themselves, in the order of the files
/// @param problems by file, line and column; a problem of a topology that several scenarios share stands once
public record Validation(List<Scenario> scenarios, List<Topology> topologies, List<Problem> problems) {
    public Validation {
        scenarios = List.copyOf(scenarios);
        topologies = List.copyOf(topologies);
        problems = List.copyOf(problems);
    }

    /// Reads all these files; what each is, its top-level key says. One that has neither key is sound only as part
    /// of a scenario or topology that is listed too: data, rules or the like that it names.
    public static Validation of(ScenarioReader reader, SourceTree tree, List<String> files) {
        List<Scenario> scenarios = new ArrayList<>();
        List<Topology> topologies = new ArrayList<>();
        TreeSet<Problem> problems = new TreeSet<>();
        NamedFiles parts = new NamedFiles(tree);
        for (String file : files) {
            switch (reader.any(tree, parts, file)) {
                case ReadResult.Read<?>(Scenario scenario) -> scenarios.add(scenario);
                case ReadResult.Read<?>(Topology topology) -> topologies.add(topology);
                case ReadResult.Read<?>(Object other) -> throw new IllegalStateException("neither of both: " + other);
                case ReadResult.Refused<?>(List<Problem> found) -> problems.addAll(found);
            }
        }
        problems.removeIf(problem -> problem.message().equals(ScenarioReader.NEITHER)
                && parts.has(problem.place().file()));
        return new Validation(scenarios, topologies, List.copyOf(problems));
    }

    /// Whether nothing is wrong.
    public boolean isSound() {
        return problems.isEmpty();
    }
}
