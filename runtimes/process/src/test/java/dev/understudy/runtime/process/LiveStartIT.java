package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Topology;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live that the tool starts itself.
final class LiveStartIT {
    @TempDir
    Path directory;

    @Test
    void onlyWhatDidNotRunIsStartedAndOnlyThatIsEnded() {
        Scenario scenario = NotesScenario.in(directory, false);
        Topology whole = scenario.topology();
        Topology backAlone = new Topology(
                "back",
                whole.place(),
                whole.directory(),
                "back",
                Map.of("back", whole.service("back")),
                Optional.empty());
        RealTimeline timeline = new RealTimeline();
        try (ProcessRuntime runtime = NotesScenario.runtime(directory, timeline)) {
            ProcessLive before = live(runtime, backAlone, true);
            ProcessLive rest = live(runtime, whole, true);
            ProcessId back = before.processes("back").getFirst();
            ProcessId front = rest.processes("front").getFirst();
            assertThat(rest.processes("back")).containsExactly(back);

            rest.close();
            boolean backStays = back.isAlive();
            before.close();

            assertThat(backStays).isTrue();
            assertThat(front.isAlive()).isFalse();
            assertThat(back.isAlive()).isFalse();
            assertThat(runtime.clean()).isEmpty();
        }
    }

    @Test
    void whoeverLooksAtItFindsItsThrowAwayDataNotTheDeclaredDirectory() {
        Scenario scenario = NotesScenario.in(directory, false);
        try (ProcessRuntime runtime = NotesScenario.runtime(directory, new RealTimeline());
                ProcessLive first = live(runtime, scenario.topology(), true);
                ProcessLive second = live(runtime, scenario.topology(), false)) {
            Path data = second.data(scenario.topology().service("front"));

            assertThat(data)
                    .isEqualTo(first.data(scenario.topology().service("front")))
                    .startsWith(directory.resolve("state/live"));
            assertThat(data.resolve("one.txt")).hasContent("hello");
        }
    }

    private static ProcessLive live(ProcessRuntime runtime, Topology topology, boolean start) {
        return (ProcessLive) runtime.discover(topology, start, EffectLog.NONE);
    }
}
