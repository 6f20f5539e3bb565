package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.runtime.simulated.Lie;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.runtime.simulated.Script;
import dev.understudy.runtime.simulated.SimulatedWorld;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// From a scenario to its verdict, the whole way, in virtual time: every kind of release gets its verdict, and every
/// lie of the
/// environment turns a GO into something else.
final class VerdictsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aGoodReleaseIsAGo(long seed) {
        RunSummary run = judged(new SimulatedRehearsal(seed), SampleWorlds.GOOD);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(run.verdict().reversibility().word()).isEqualTo("REVERSIBLE");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aReleaseWithoutATimeOutIsANoGo(long seed) {
        RunSummary run = judged(new SimulatedRehearsal(seed), SampleWorlds.NO_TIMEOUT);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.NO_GO);
        assertThat(run.verdict().change().name()).isEqualTo("BREACHED");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLossyUndoIsANoGoWithTheRowsItLost(long seed) {
        RunSummary run = judged(new SimulatedRehearsal(seed), SampleWorlds.LOSSY);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.NO_GO);
        assertThat(run.verdict().reversibility().word()).isEqualTo("REVERSIBLE_WITH_LOSS");
        assertThat(run.figures().lost()).isPresent();
        assertThat(run.figures().lost().getAsLong()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aFormatThatTheOldVersionCannotReadIsOneWay(long seed) {
        RunSummary run = judged(new SimulatedRehearsal(seed), SampleWorlds.UNREADABLE);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.NO_GO);
        assertThat(run.verdict().reversibility().word()).isEqualTo("ONE_WAY");
    }

    @Test
    void aLostMetricIsInconclusive() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(1);
        Scenario blind = with(
                rehearsal.scenario(SampleWorlds.GOOD, 0),
                new DeviationSpec(
                        "gap",
                        new Place("test", 1, 1),
                        "metric-gap",
                        new DeviationSpec.Target.OnRule("errors"),
                        Map.of(),
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        DeviationSpec.Scope.ALL,
                        DeviationSpec.Until.RECOVERY,
                        false));

        RunSummary run = Judge.judge(blind, rehearsal.run(blind));

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.INCONCLUSIVE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Lie.class,
            mode = Mode.EXCLUDE,
            names = {"NOT_REMOVED", "FAILURE_AS_SUCCESS"})
    void noLieOfTheEnvironmentPassesForAGo(Lie lie) {
        assertThat(undeclared(new SimulatedRehearsal(1)).verdict().decision()).isEqualTo(Decision.GO);

        RunSummary run = undeclared(new SimulatedRehearsal(1).lying(lie));

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isNotEqualTo(Decision.GO);
    }

    @Test
    void aStepThatFailsAndSaysItSucceededIsFoundOut() {
        SimulatedWorld broken = SampleWorlds.shop().with(Script.undo("db/U2__broken.sql", _ -> {
            throw new IllegalStateException("permission denied");
        }));
        RunSummary honest = undeclared(new SimulatedRehearsal(broken, 1), "db/U2__broken.sql");
        assertThat(honest.steps())
                .anyMatch(step -> step.attempts().getLast().outcome().equals("failed"));

        RunSummary lying =
                undeclared(new SimulatedRehearsal(broken, 1).lying(Lie.FAILURE_AS_SUCCESS), "db/U2__broken.sql");

        assertThat(lying.steps())
                .allMatch(step -> step.attempts().getLast().outcome().equals("done"));
        assertThat(honest.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(lying.verdict().decision()).as(lying.verdict().reason()).isNotEqualTo(Decision.GO);
    }

    /// A good release whose author declares no differences.
    private static RunSummary undeclared(SimulatedRehearsal rehearsal) {
        return undeclared(rehearsal, "db/U2__narrow.sql");
    }

    private static RunSummary undeclared(SimulatedRehearsal rehearsal, String undo) {
        Scenario of = rehearsal.scenario(SampleWorlds.GOOD, 0);
        Scenario scenario = Rewritten.of(of)
                .rollback(undoing(of.rollback(), undo))
                .expected(List.of())
                .scenario();
        return Judge.judge(scenario, rehearsal.run(scenario));
    }

    private static RollbackProcedure undoing(RollbackProcedure of, String file) {
        List<Step> steps = of.steps().stream()
                .map(step -> step instanceof Step.Sql sql ? new Step.Sql(sql.common(), sql.service(), file) : step)
                .toList();
        return new RollbackProcedure(of.place(), of.budget(), of.order(), steps, of.accept());
    }

    private static RunSummary judged(SimulatedRehearsal rehearsal, String release) {
        Scenario scenario = rehearsal.scenario(release, 0);
        return Judge.judge(scenario, rehearsal.run(scenario));
    }

    private static Scenario with(Scenario of, DeviationSpec deviation) {
        return Rewritten.of(of).deviations(List.of(deviation)).scenario();
    }
}
