package dev.understudy.engine;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The files a scenario names, by the names it gives them.
record ScenarioFiles(Scenario scenario, SourceTree sources) {

    /// The text of a file, relative to the scenario. @throws ScenarioException if it can't be read any more
    String text(String file) {
        String name = SourceTree.sibling(scenario.place().file(), file);
        return switch (sources.open(name)) {
            case SourceTree.Found.Content content -> new String(content.bytes(), StandardCharsets.UTF_8);
            case SourceTree.Found.Unreadable unreadable ->
                throw new ScenarioException(
                        List.of(Problem.at(scenario.place(), "file '" + name + "': " + unreadable.why())));
        };
    }
}
