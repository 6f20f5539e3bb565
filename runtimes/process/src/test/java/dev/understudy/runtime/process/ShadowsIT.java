package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Request;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shadows that differ from live, or go wrong.
final class ShadowsIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Request THROUGH = Request.get("front", "/back/hello");

    @TempDir
    static Path directory;

    private static NotesLive notes;

    @BeforeAll
    static void startLive() {
        assumeTrue(Namespaces.unavailable().isEmpty(), () -> "no namespaces here: " + Namespaces.unavailable());
        notes = NotesLive.in(directory, false);
    }

    @AfterAll
    static void stopLive() {
        if (notes != null) {
            notes.close();
        }
    }

    @Test
    void aServiceThatDoesNotListenWhereItIsToldCannotBeStartedBesideItselfAndGoesOnAsItWas() {
        int port = notes.scenario.topology().service("back").at().getFirst().port();
        Scenario stubborn = NotesScenario.running(notes.scenario, "back", words -> {
            List<String> more = new java.util.ArrayList<>(
                    List.of("sh", "-c", "PORT=" + port + "; export PORT; exec \"$@\"", "stubborn"));
            more.addAll(words);
            return more;
        });
        try (ProcessShadow shadow = notes.shadow(stubborn)) {
            shadow.start();
            ProcessArm arm = shadow.arm(ArmName.CANDIDATE);
            List<InstanceState> before = arm.instances();

            Arm.Deployed deployed = arm.deploy(
                    "back",
                    arm.release("back"),
                    new Replacement(Replacement.Order.START_FIRST, java.util.OptionalInt.empty()));

            assertThat(deployed.healthy()).isFalse();
            assertThat(deployed.evidence())
                    .startsWith("not healthy beside the old one, at 127.0.0.1:")
                    .contains("can't be started beside itself", "instance 0");
            assertThat(arm.exchange(THROUGH, SOON).isAcknowledged()).isTrue();
            assertThat(arm.instances())
                    .extracting(InstanceState::mark)
                    .isEqualTo(before.stream().map(InstanceState::mark).toList());
        }
    }

    /// It descends from nobody any more and may hold the port that the next instance is to get.
    @Test
    void whatAServiceStartsAtItsLastMomentIsGoneBeforeTheNextOneStarts() {
        String last = "sleep 61.75";
        Scenario forking = behind("trap '" + last + " & kill $real; exit 0' TERM; \"$@\" & real=$!; wait $real");
        try (ProcessShadow shadow = notes.shadow(forking)) {
            shadow.start();
            ProcessArm arm = shadow.arm(ArmName.CANDIDATE);

            Arm.Deployed deployed = arm.deploy("back", arm.release("back"));

            assertThat(deployed.healthy()).as(deployed.evidence()).isTrue();
            assertThat(ProcessHandle.allProcesses()
                            .filter(process ->
                                    process.info().commandLine().orElse("").endsWith(last)))
                    .isEmpty();
        }
    }

    @Test
    void whatAServiceStartsWhileOneLooksIsNotTakenForSomethingLeftBehind() {
        Scenario busy = behind("trap 'kill $real; exit 0' TERM; \"$@\" & real=$!; while :; do sleep 0.001; done");
        try (ProcessShadow shadow = notes.shadow(busy)) {
            shadow.start();
            ProcessArm arm = shadow.arm(ArmName.CANDIDATE);

            for (int look = 0; look < 200; look++) {
                assertThat(arm.strays()).isEmpty();
            }
        }
    }

    /// As where a JDK was unpacked below /tmp, which arms have anew and empty.
    @Test
    void aProgramIsThereTogetherWithWhatLiesAroundItsBin(@TempDir Path elsewhere) throws IOException {
        Path program = Files.createDirectories(elsewhere.resolve("opt/bin")).resolve("run");
        Files.writeString(program, "#!/bin/sh\n. \"$(dirname \"$0\")/../lib/how\"\nhow \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                Files.createDirectories(elsewhere.resolve("opt/lib")).resolve("how"), "how() { exec \"$@\"; }\n");
        Scenario elsewhereRun = NotesScenario.running(
                notes.scenario,
                "back",
                words -> Stream.concat(Stream.of(program.toString()), words.stream())
                        .toList());
        try (ProcessShadow shadow = notes.shadow(elsewhereRun)) {
            shadow.start();

            assertThat(shadow.arm(ArmName.CANDIDATE).instances()).allMatch(InstanceState::healthy);
        }
    }

    /// The notes, whose service behind runs under this script; `$@` is its own command.
    private Scenario behind(String script) {
        return NotesScenario.running(
                notes.scenario,
                "back",
                words -> Stream.concat(Stream.of("sh", "-c", script, "sh"), words.stream())
                        .toList());
    }

    /// Hands what is measured on.
    private record Told(java.util.function.Consumer<LinkSample> told) implements Arm.Observer {
        @Override
        public void exchanged(LinkSample sample) {
            told.accept(sample);
        }

        @Override
        public void exited(String service, int index, long atNanos, int exitCode) {}
    }

    @Test
    void aDefectInTheLinksFailsTheResetAndDisposingRemovesEverythingAllTheSame() {
        try (ProcessShadow shadow = notes.shadow(notes.scenario)) {
            shadow.start();
            ProcessArm candidate = shadow.arm(ArmName.CANDIDATE);
            List<ProcessId> services = Roster.of(shadow.directory()).running();
            candidate.observe(new Told(_ -> {
                throw new UnsupportedOperationException("a bug in what is told");
            }));

            assertThat(candidate.exchange(THROUGH, SOON).isAcknowledged())
                    .as("traffic flows on")
                    .isTrue();
            assertThatThrownBy(shadow::reset)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("links of an arm")
                    .hasRootCauseMessage("a bug in what is told");

            assertThat(shadow.dispose()).isEmpty();
            assertThat(services).hasSize(4).noneMatch(ProcessId::isAlive);
            assertThat(shadow.directory()).doesNotExist();
        }
    }

    @Test
    void aServiceThatIsOffDoesNotRunAndCallsToItAreRefusedAndRecorded() {
        Scenario withoutBack = NotesScenario.with(
                notes.scenario, Map.of("back", ShadowSpec.ServiceMode.OFF), ShadowSpec.Isolation.ENFORCED);
        try (ProcessShadow shadow = notes.shadow(withoutBack)) {
            shadow.start();
            Arm candidate = shadow.arm(ArmName.CANDIDATE);
            Queue<LinkSample> samples = new ConcurrentLinkedQueue<>();
            candidate.observe(new Told(samples::add));

            assertThat(candidate.instances()).extracting(InstanceState::service).containsExactly("front");
            assertThat(candidate.exchange(Request.get("front", "/hello"), SOON).isAcknowledged())
                    .isTrue();
            assertThat(candidate.exchange(THROUGH, SOON).status()).isEqualTo(502);
            assertThat(candidate.exchange(Request.get("back", "/hello"), SOON))
                    .isInstanceOfSatisfying(
                            Answer.Unanswered.class,
                            unanswered -> assertThat(unanswered.why()).isEqualTo(Answer.Why.REFUSED));

            assertRefused(samples, new Link("front", "back"));
            assertRefused(samples, Link.entering("back"));
            assertThat(candidate.strays()).isEmpty();
            assertThatThrownBy(() -> candidate.deploy("back", candidate.release("back")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'back'");

            shadow.reset();
            shadow.start();

            assertThat(shadow.arm(ArmName.CONTROL).instances())
                    .extracting(InstanceState::service)
                    .containsExactly("front");
            assertThat(shadow.dispose()).isEmpty();
        }
    }

    @Test
    void whoeverCallsAServiceThatStillStartsWaitsForIt() {
        Scenario waiting = NotesScenario.running(
                NotesScenario.running(notes.scenario, "front", NotesScenario.with("must-hear-back", "20000")),
                "back",
                NotesScenario.late(2));
        try (ProcessShadow shadow = notes.shadow(waiting)) {
            shadow.start();

            assertThat(shadow.arm(ArmName.CANDIDATE).exchange(THROUGH, SOON).isAcknowledged())
                    .isTrue();
            assertThat(log(shadow, "front")).content().isEqualTo("notes 1.0 listens\n");
        }
    }

    @Test
    void aServiceThatCannotWaitForWhatItCallsIsStartedOnceMoreAndItsExitIsNotCounted() {
        Scenario impatient = NotesScenario.running(
                NotesScenario.running(notes.scenario, "front", NotesScenario.with("must-hear-back", "50")),
                "back",
                NotesScenario.late(3));
        Queue<String> exits = new ConcurrentLinkedQueue<>();
        try (ProcessShadow shadow = notes.shadow(impatient)) {
            shadow.arm(ArmName.CANDIDATE).observe(new Exits(exits));
            shadow.start();

            assertThat(shadow.arm(ArmName.CANDIDATE).exchange(THROUGH, SOON).isAcknowledged())
                    .isTrue();
            assertThat(log(shadow, "front"))
                    .content()
                    .contains("notes can't hear")
                    .endsWith("notes 1.0 listens\n");
            assertThat(exits).isEmpty();
        }
    }

    @Test
    void aServiceThatEndsAlthoughAllThatItCallsIsUpDoesNotComeUp() {
        Scenario broken =
                NotesScenario.running(notes.scenario, "front", _ -> List.of("sh", "-c", "echo no licence; exit 4"));
        try (ProcessShadow shadow = notes.shadow(broken)) {
            assertThatThrownBy(shadow::start)
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("front")
                    .hasMessageContaining("no licence");
        }
    }

    private static Path log(ProcessShadow shadow, String service) {
        return shadow.arm(ArmName.CANDIDATE).directory().resolve("log").resolve(service + "-0.log");
    }

    /// Writes exits down.
    private record Exits(Queue<String> exits) implements Arm.Observer {
        @Override
        public void exchanged(LinkSample sample) {}

        @Override
        public void exited(String service, int index, long atNanos, int exitCode) {
            exits.add(service + " " + exitCode);
        }
    }

    private static void assertRefused(Queue<LinkSample> samples, Link link) {
        assertThat(notes.eventually(
                        () -> samples.stream().anyMatch(sample -> sample.link().equals(link))))
                .as("something is recorded on " + link)
                .isTrue();
        assertThat(samples)
                .filteredOn(sample -> sample.link().equals(link))
                .allSatisfy(sample -> assertThat(sample.status()).isZero());
    }
}
