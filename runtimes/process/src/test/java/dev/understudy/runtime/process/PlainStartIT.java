package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same services without arms.
final class PlainStartIT {
    @TempDir
    static Path directory;

    private static NotesLive notes;

    @BeforeAll
    static void startLive() {
        notes = NotesLive.in(directory, true);
    }

    @AfterAll
    static void stopLive() {
        notes.close();
    }

    @Test
    void bothCopiesServeOnPortsAndDataOfTheirOwnAndNothingOfThemIsLeft() {
        PlainStart plain = notes.runtime.plain(notes.request(notes.scenario));
        List<ProcessId> services;
        try (plain) {
            plain.start();
            services = plain.roster().running();

            assertThat(services).as("db, back and front, twice").hasSize(6);
            assertThat(plain.copies())
                    .allSatisfy(copy -> {
                        assertThat(PlainGet.answers2xx(at(copy, "front"), "/back/hello"))
                                .as("its front reaches its back")
                                .isTrue();
                        assertThat(copy.data("front").resolve("one.txt")).hasContent("hello");
                        assertThat(copy.data("db").resolve("PG_VERSION")).isNotEmptyFile();
                    })
                    .extracting(copy -> copy.data("front"))
                    .doesNotHaveDuplicates();
            assertThat(ports(plain)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(livePorts());
        }

        assertThat(services).noneMatch(ProcessId::isAlive);
        assertThat(plain.roster().directory()).doesNotExist();
        assertThat(livePorts()).allMatch(port -> LiveStart.listens(new Endpoint("127.0.0.1", port)), "live goes on");
    }

    @Test
    void whatDoesNotRunInAnArmIsNotStarted() {
        Scenario withoutBack = NotesScenario.with(
                notes.scenario, Map.of("back", ShadowSpec.ServiceMode.OFF), ShadowSpec.Isolation.ENFORCED);
        try (PlainStart plain = notes.runtime.plain(notes.request(withoutBack))) {
            plain.start();

            assertThat(plain.copies())
                    .allSatisfy(copy -> assertThat(copy.at("back")).isEmpty());
            assertThat(plain.roster().running()).as("db and front, twice").hasSize(4);
        }
    }

    @Test
    void aServiceThatEndsBecauseWhatItCallsIsNotUpIsStartedAgain() {
        Scenario impatient = NotesScenario.running(
                NotesScenario.running(notes.scenario, "front", NotesScenario.with("must-reach-back")),
                "back",
                NotesScenario.late(3));
        try (PlainStart plain = notes.runtime.plain(notes.request(impatient))) {
            plain.start();

            assertThat(plain.copies()).allSatisfy(copy -> {
                assertThat(PlainGet.answers2xx(at(copy, "front"), "/back/hello"))
                        .isTrue();
                assertThat(copy.data("front").resolveSibling("../log/front-0.log"))
                        .content()
                        .contains("notes can't reach")
                        .endsWith("notes 1.0 listens\n");
            });
        }
    }

    @Test
    void aServiceThatEndsByItselfIsNamedWithWhatItPrintedAndNothingIsLeft() {
        Scenario broken =
                NotesScenario.running(notes.scenario, "back", _ -> List.of("sh", "-c", "echo 'no such note'; exit 3"));
        PlainStart plain = notes.runtime.plain(notes.request(broken));
        try (plain) {
            assertThatThrownBy(plain::start)
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("'back' ended by itself")
                    .hasMessageContaining("no such note");
        }

        assertThat(plain.roster().directory()).doesNotExist();
        assertThat(plain.copies())
                .allSatisfy(copy -> assertThat(copy.inhabitants()).isEmpty());
    }

    @Test
    void anInterruptedStartEndsAndNothingIsLeft() {
        Scenario endless = NotesScenario.running(notes.scenario, "back", _ -> List.of("sleep", "60"));
        RealTimeline timeline = new RealTimeline();
        PlainStart plain = notes.runtime.plain(
                new ShadowRequest("notes-interrupted", notes.live, endless, timeline, EffectLog.NONE));
        List<ProcessId> services;
        try (plain) {
            Timeline.Fork<Boolean> interrupting = notes.timeline.fork("interrupt", () -> {
                boolean allStarted =
                        notes.eventually(() -> plain.roster().running().size() == 6);
                timeline.interrupt();
                return allStarted;
            });

            assertThatThrownBy(plain::start).isInstanceOf(Timeline.Interruption.class);
            assertThat(interrupting.join()).isTrue();
            services = plain.roster().running();
        }

        assertThat(services).isNotEmpty().noneMatch(ProcessId::isAlive);
        assertThat(plain.roster().directory()).doesNotExist();
    }

    private static InetSocketAddress at(PlainCopy copy, String service) {
        return copy.at(service).orElseThrow();
    }

    private static List<Integer> ports(PlainStart plain) {
        return plain.copies().stream()
                .flatMap(copy -> List.of("db", "back", "front").stream().map(service -> at(copy, service)))
                .map(InetSocketAddress::getPort)
                .toList();
    }

    private static List<Integer> livePorts() {
        return notes.scenario.topology().services().values().stream()
                .map(service -> service.at().getFirst().port())
                .toList();
    }
}
