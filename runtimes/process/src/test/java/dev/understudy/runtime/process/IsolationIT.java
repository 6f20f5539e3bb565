package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Shadow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing gets out of an arm, whatever a service or a step does.
final class IsolationIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private static NotesLive notes;
    private static ProcessShadow shadow;

    @BeforeAll
    static void makeShadow() {
        assumeTrue(Namespaces.unavailable().isEmpty(), () -> "no namespaces here: " + Namespaces.unavailable());
        notes = NotesLive.in(directory, false);
        shadow = notes.shadow(notes.scenario);
    }

    @AfterAll
    static void removeShadow() {
        if (notes != null) {
            assertThat(shadow.dispose()).isEmpty();
            notes.close();
        }
    }

    private interface InArm {
        void look(ProcessLive live, Shadow shadow, Arm candidate) throws IOException;
    }

    /// Nothing runs in the shadow, so whatever a test tries leaves no trace unless it succeeds.
    private static void within(InArm test) throws IOException {
        test.look(notes.live, shadow, shadow.arm(ArmName.CANDIDATE));
    }

    @Test
    void everyProbeIsHeldBack() throws IOException {
        within((_, shadow, _) ->
                assertThat(shadow.probe()).hasSizeGreaterThan(10).allMatch(Shadow.Probe::held));
    }

    @Test
    void aStepCanNotWriteToLivesDirectory() throws IOException {
        within((live, _, candidate) -> {
            Path data = live.data(live.topology().service("front"));

            Arm.Execution written =
                    candidate.execute(List.of("sh", "-c", "echo harm > " + data + "/one.txt"), Map.of(), SOON);
            Arm.Execution beside =
                    candidate.execute(List.of("touch", directory.resolve("harm").toString()), Map.of(), SOON);

            assertThat(beside.succeeded()).isFalse();
            assertThat(data.resolve("one.txt")).hasContent("hello");
            assertThat(directory.resolve("harm")).doesNotExist();
            assertThat(written.output()).doesNotContain("hello");
        });
    }

    @Test
    void aStepCanNotSignalLivesProcesses() throws IOException {
        within((live, _, candidate) -> {
            ProcessId back = live.processes("back").getFirst();

            Arm.Execution killed = candidate.execute(List.of("kill", "-9", Long.toString(back.pid())), Map.of(), SOON);

            assertThat(killed.succeeded()).isFalse();
            assertThat(back.isAlive()).isTrue();
        });
    }

    @Test
    void aStepCanNotWidenItsOwnWalls() throws IOException {
        within((_, _, candidate) -> {
            Arm.Execution remounted = candidate.execute(List.of("mount", "-o", "remount,rw", "/"), Map.of(), SOON);
            Arm.Execution entered = candidate.execute(List.of("nsenter", "-t", "1", "-n", "true"), Map.of(), SOON);

            assertThat(remounted.succeeded()).isFalse();
            assertThat(entered.succeeded()).isFalse();
        });
    }

    @Test
    void aRouteThatIsLeftOpenIsFoundByTheProbes() throws IOException {
        within((live, shadow, _) -> {
            Watched open = new Watched(directory);
            List<Shadow.Probe> probes = new Probes(ArmName.CANDIDATE, open, live, List.of(directory)).run(directory);

            assertThat(probes)
                    .anyMatch(probe -> !probe.held() && probe.attempt().contains("live back"));
            assertThat(probes)
                    .anyMatch(probe -> !probe.held() && probe.attempt().startsWith("write to"));
            assertThat(probes)
                    .anyMatch(probe -> !probe.held() && probe.attempt().startsWith("signal"));
            assertThat(Files.list(directory).map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith(".understudy-probe"));
            assertThat(shadow.probe()).allMatch(Shadow.Probe::held);
        });
    }
}
