package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.runtime.Pressure;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.runtime.simulated.SharedHost;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.LiveLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whether a run stops when live suffers beside its shadow, and only then: in virtual time.
final class LiveGuardTest {
    private static final Duration HANGS = Duration.ofHours(1);

    @Test
    void aLiveThatDoesNotNoticeTheShadowLetsTheRunEndAsAGo() {
        Run run = rehearse(1, slower(Duration.ZERO), LiveLimits.USUAL);

        assertThat(run.summary.verdict().decision())
                .as(run.summary.verdict().reason())
                .isEqualTo(Decision.GO);
        assertThat(run.journal.events(Event.LiveSuffers.class)).isEmpty();
        assertThat(run.journal.events(Event.LiveLearned.class))
                .singleElement()
                .matches(learned -> learned.before().containsKey("latency-p99"));
        assertThat(run.summary.live())
                .filteredOn(sign -> sign.metric().equals("latency-p99"))
                .singleElement()
                .matches(sign -> sign.worst().orElseThrow() < sign.limit().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLiveThatSlowsDownStopsTheRun(long seed) {
        Run run = rehearse(seed, slower(Duration.ofMillis(1_500)), LiveLimits.USUAL);

        assertStopped(run, "latency-p99");
        assertThat(run.summary.verdict().reason())
                .matches("Stopped: live's p99 rose from \\d+ ms to 1.[5-9]\\d? s over .*");
    }

    @Test
    void aLiveThatSlowsDownALittleDoesNot() {
        Run run = rehearse(1, slower(Duration.ofMillis(300)), LiveLimits.USUAL);

        assertThat(run.journal.events(Event.LiveSuffers.class)).isEmpty();
        assertThat(run.summary.verdict().decision()).isEqualTo(Decision.GO);
    }

    @Test
    void theScenarioMaySetTheLimit() {
        Run run = rehearse(
                1,
                slower(Duration.ofMillis(300)),
                new LiveLimits(Optional.of(Duration.ofMillis(250)), OptionalDouble.empty(), OptionalDouble.empty()));

        assertStopped(run, "latency-p99");
    }

    @Test
    void aLiveThatAnswersNobodyAnyMoreStopsTheRun() {
        assertStopped(rehearse(1, slower(HANGS), LiveLimits.USUAL), "answers");
    }

    @Test
    void aHostThatWaitsForItsDiskStopsTheRun() {
        assertStopped(rehearse(1, waiting(0.85, 0.01), LiveLimits.USUAL), "io-pressure");
        assertThat(rehearse(1, waiting(0.75, 0.01), LiveLimits.USUAL).journal.events(Event.LiveSuffers.class))
                .isEmpty();
    }

    @Test
    void aHostThatWaitsForMemoryStopsTheRun() {
        assertStopped(rehearse(1, waiting(0, 0.35), LiveLimits.USUAL), "memory-pressure");
    }

    @Test
    void aStopLeavesNothingBehindAndCanNeverBeAGo() {
        Run run = rehearse(1, slower(Duration.ofMillis(1_500)), LiveLimits.USUAL);
        Journal told = run.journal;
        Journal untold = new Journal(
                told.entries().stream()
                        .filter(entry -> !(entry.event() instanceof Event.LiveSuffers))
                        .toList(),
                told.exchanges(),
                told.links(),
                told.resources());

        List<Long> intended =
                told.events(Event.Intended.class).map(Event.Intended::effect).toList();
        assertThat(told.events(Event.Undone.class)
                        .filter(Event.Undone::verified)
                        .map(Event.Undone::effect))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(intended);
        assertThat(told.events(Event.Disposed.class))
                .singleElement()
                .matches(disposed -> disposed.left().isEmpty());
        assertThat(told.events(Event.RunEnded.class))
                .singleElement()
                .matches(end -> end.verdict().equals("done"));
        assertThat(Judge.judge(run.scenario, untold).verdict().decision()).isNotEqualTo(Decision.GO);
    }

    private static void assertStopped(Run run, String sign) {
        assertThat(run.journal.events(Event.LiveSuffers.class))
                .singleElement()
                .matches(stop -> stop.sign().equals(sign), sign);
        assertThat(run.summary.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(run.summary.verdict().reason()).startsWith("Stopped: ");
        assertThat(run.journal.events(Event.Disposed.class)).hasSize(1);
        assertThat(run.journal
                        .events(Event.StageEnded.class)
                        .filter(ended -> ended.outcome().equals("interrupted")))
                .isNotEmpty();
    }

    private record Run(Scenario scenario, Journal journal, RunSummary summary) {}

    private static Run rehearse(long seed, SharedHost host, LiveLimits limits) {
        SimulatedRehearsal rehearsal =
                new SimulatedRehearsal(SampleWorlds.shop().on(host), seed);
        Scenario of = rehearsal.scenario(SampleWorlds.GOOD, 0);
        Scenario scenario = Rewritten.of(of)
                .live(new Scenario.LiveSource(
                        of.live().topologyFile(), of.live().start(), limits))
                .scenario();
        Journal journal = rehearsal.run(scenario);
        return new Run(scenario, journal, Judge.judge(scenario, journal));
    }

    private static SharedHost slower(Duration by) {
        return new SharedHost(by, Pressure.UNKNOWN);
    }

    private static SharedHost waiting(double io, double memory) {
        return new SharedHost(
                Duration.ZERO, new Pressure(OptionalDouble.of(0.9), OptionalDouble.of(io), OptionalDouble.of(memory)));
    }
}
