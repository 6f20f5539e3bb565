package dev.understudy.runtime.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.tck.RuntimeContract;
import dev.understudy.runtime.tck.Specimen;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Processes, directories and a database pass the contract of all runtimes.
final class ProcessRuntimeContractIT implements RuntimeContract {
    @TempDir
    Path directory;

    @BeforeEach
    void needsNamespaces() {
        assumeTrue(Namespaces.unavailable().isEmpty(), () -> "no namespaces here: " + Namespaces.unavailable());
    }

    @Override
    public void within(Consumer<Specimen> test) {
        Scenario scenario = NotesScenario.in(directory, true);
        RealTimeline timeline = new RealTimeline();
        try (ProcessRuntime runtime = NotesScenario.runtime(directory, timeline)) {
            test.accept(new Specimen(
                    runtime,
                    timeline,
                    scenario,
                    new Link("front", "back"),
                    "2.0",
                    Request.get("front", "/back/hello"),
                    Optional.of(new Specimen.Writing(
                            new Request("front", "POST", "/notes", List.of(), "note".getBytes(StandardCharsets.UTF_8)),
                            "front")),
                    new Specimen.Commands(
                            List.of("printenv", "ADDRESS"), List.of("sh", "-c", "exit 3"), 3, List.of("sleep", "60")),
                    Optional.of(new Specimen.SqlTexts(
                            "db", "INSERT INTO note (text) VALUES ('more')", "SELECT nonsense"))));
        }
    }
}
