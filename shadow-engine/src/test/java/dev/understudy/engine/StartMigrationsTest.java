package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.MigrationReading;
import dev.understudy.analysis.RunSummary.SchemaMoment;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.runtime.simulated.Lie;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.runtime.simulated.SimulatedWorld;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import dev.understudy.scenario.Scenario.ExpectedDifference.What;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A version that migrates its database when it starts, from the scenario to the verdict, in virtual time.
final class StartMigrationsTest {
    private static final List<String> REVERT_FIRST = List.of("drain", "orders", "schema", "catalogue", "undrain");
    private static final List<String> UNDO_FIRST = List.of("drain", "schema", "orders", "catalogue", "undrain");
    private static final List<String> NO_UNDO = List.of("drain", "orders", "catalogue", "undrain");
    private static final SimulatedWorld SHOP = SampleWorlds.selfMigratingShop(true, false);
    private static final SimulatedWorld STRICT = SampleWorlds.selfMigratingShop(true, true);

    private boolean declaresWhatStays;
    private String undo = SampleWorlds.TAKE_BACK;
    private Optional<Lie> lie = Optional.empty();

    @Test
    void aMigrationThatTheRollbackTakesBackIsAGoAndTheOldVersionIsSeenOnTheNewSchema() {
        RunSummary run = judged(SHOP, REVERT_FIRST);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(run.verdict().reversibility().word()).isEqualTo("REVERSIBLE");
        MigrationReading migration = only(run);
        assertThat(migration.declared()).isTrue();
        assertThat(migration.change()).isEqualTo("orders 2.0-self");
        assertThat(migration.objects())
                .containsExactly(
                        "table channels was added",
                        "column channels.id text was added",
                        "column orders.channel text was added");
        assertThat(migration.takenBack()).isEqualTo(migration.objects());
        assertThat(migration.entered()).containsExactly("flyway_schema_history: 2 channel");
        assertThat(migration.historyStays()).isEmpty();
        assertThat(migration.moments().stream().map(SchemaMoment::latest))
                .containsExactly(
                        "flyway_schema_history: 1 shop",
                        "flyway_schema_history: 2 channel",
                        "flyway_schema_history: 1 shop");
        assertThat(migration.moments().getFirst().sha256())
                .isEqualTo(migration.moments().getLast().sha256())
                .isNotEqualTo(migration.moments().get(1).sha256());
        assertThat(migration.oldVersion().version()).isEqualTo("1.0");
        assertThat(migration.oldVersion().outcome()).isEqualTo("started");
        assertThat(migration.oldVersion().seen()).isEqualTo("rollback");
    }

    @Test
    void aRollbackThatTakesTheSchemaBackFirstLeavesTheOldVersionToAProbe() {
        Scenario scenario = scenario(SHOP, UNDO_FIRST);
        Journal journal = new SimulatedRehearsal(SHOP, 1).run(scenario);
        RunSummary run = Judge.judge(scenario, journal);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(only(run).oldVersion().outcome()).isEqualTo("started");
        assertThat(only(run).oldVersion().seen()).isEqualTo("probe");
        assertThat(journal.events(Event.StageEnded.class)
                        .filter(stage -> stage.stage().equals("old version")))
                .singleElement()
                .satisfies(stage -> assertThat(stage.outcome()).isEqualTo("done"));
    }

    @Test
    void aSchemaThatStaysUndeclaredIsANoGoThatSaysWhatStays() {
        RunSummary run = judged(SHOP, NO_UNDO);

        assertThat(run.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(run.verdict().reason())
                .contains("The schema of db stays at orders 2.0-self after the rollback: table channels was added");
        assertThat(only(run).stays()).hasSize(3);
    }

    @Test
    void aSchemaThatStaysAsDeclaredIsAGoIfTheOldVersionStartsOnIt() {
        declaresWhatStays = true;

        RunSummary run = judged(SHOP, NO_UNDO);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(only(run).stays()).isEmpty();
        assertThat(only(run).staysDeclared()).hasSize(3);
        assertThat(only(run).historyStays()).containsExactly("flyway_schema_history: 2 channel");
        assertThat(only(run).oldVersion().outcome()).isEqualTo("started");
    }

    @Test
    void anOldVersionThatDoesNotStartOnWhatStaysIsOneWay() {
        declaresWhatStays = true;

        RunSummary run = judged(STRICT, NO_UNDO);

        assertThat(run.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(run.verdict().reversibility().word()).isEqualTo("ONE_WAY");
        assertThat(only(run).oldVersion().outcome()).isEqualTo("did not start");
        assertThat(only(run).oldVersion().seen()).isEqualTo("rollback");
        assertThat(only(run).oldVersion().evidence()).contains("schema 2 is newer than this program");
    }

    @Test
    void anOldVersionThatNeedsTheSchemaTakenBackFirstIsToldAlthoughItIsAGo() {
        RunSummary run = judged(STRICT, UNDO_FIRST);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(only(run).oldVersion().outcome()).isEqualTo("did not start");
        assertThat(only(run).oldVersion().seen()).isEqualTo("probe");
        assertThat(only(run).oldVersion().evidence()).contains("schema 2 is newer than this program");
    }

    @Test
    void aMigrationThatNothingDeclaresIsFoundAllTheSame() {
        RunSummary run = judged(SampleWorlds.selfMigratingShop(false, false), REVERT_FIRST);

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(only(run).declared()).isFalse();
        assertThat(only(run).objects()).hasSize(3);
        assertThat(only(run).oldVersion().outcome()).isEqualTo("started");
    }

    @Test
    void aHistoryThatNamesWhatWasTakenBackIsANoGo() {
        undo = SampleWorlds.TAKE_BACK_SCHEMA_ONLY;

        RunSummary run = judged(SHOP, REVERT_FIRST);

        assertThat(run.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(run.verdict().reason())
                .contains("still names 'flyway_schema_history: 2 channel'", "would not migrate");
    }

    @Test
    void anUndoThatIsSkippedTurnsTheGoIntoANoGo() {
        lie = Optional.of(Lie.UNDO_SKIPPED);

        RunSummary run = judged(SHOP, REVERT_FIRST);

        assertThat(run.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(run.verdict().reason()).contains("stays at orders 2.0-self");
    }

    @Test
    void whereNothingMigratesByItselfNothingIsToldOfIt() {
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(1);
        Scenario scenario = rehearsal.scenario(SampleWorlds.GOOD, 0);
        Journal journal = rehearsal.run(scenario);

        assertThat(Judge.judge(scenario, journal).migrations()).isEmpty();
        assertThat(journal.events(Event.SchemaRead.class).map(Event.SchemaRead::moment))
                .containsExactly("before", "change", "rollback");
        assertThat(journal.events(Event.SchemaRead.class)
                        .toList()
                        .get(1)
                        .since()
                        .added())
                .containsExactly("column orders.channel text");
    }

    private static MigrationReading only(RunSummary run) {
        assertThat(run.migrations()).hasSize(1);
        return run.migrations().getFirst();
    }

    private RunSummary judged(SimulatedWorld world, List<String> steps) {
        Scenario scenario = scenario(world, steps);
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(world, 1);
        lie.ifPresent(rehearsal::lying);
        return Judge.judge(scenario, rehearsal.run(scenario));
    }

    private Scenario scenario(SimulatedWorld world, List<String> steps) {
        Scenario of = SampleWorlds.rehearsal(world, SampleWorlds.SELF_MIGRATING, 1, 0);
        return Rewritten.of(of)
                .changes(of.changes().stream()
                        .filter(Change.ToVersion.class::isInstance)
                        .toList())
                .rollback(procedure(of.rollback(), steps))
                .expected(
                        declaresWhatStays
                                ? List.of(
                                        expected(of, What.COLUMN, "orders.channel"),
                                        expected(of, What.TABLE, "channels"))
                                : List.of())
                .scenario();
    }

    private static ExpectedDifference expected(Scenario of, What what, String name) {
        return new ExpectedDifference(of.place(), "db", what, name, "new in 2.0");
    }

    private RollbackProcedure procedure(RollbackProcedure of, List<String> wanted) {
        List<Step> steps = new ArrayList<>();
        for (String id : wanted) {
            Step step = of.step(id);
            steps.add(
                    switch (step) {
                        case Step.Sql sql -> new Step.Sql(free(sql.common()), sql.service(), undo);
                        case Step.Revert revert -> new Step.Revert(free(revert.common()), revert.service());
                        case Step.Http http ->
                            new Step.Http(
                                    free(http.common()), http.method(), http.service(), http.path(), http.status());
                        default -> step;
                    });
        }
        return new RollbackProcedure(of.place(), of.budget(), of.order(), steps, of.accept());
    }

    private static Step.Common free(Step.Common of) {
        return new Step.Common(of.id(), of.place(), List.of(), of.timeout(), false);
    }
}
