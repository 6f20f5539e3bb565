package dev.understudy.analysis.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.journal.Event;
import dev.understudy.journal.Event.OldVersionTried;
import dev.understudy.journal.Event.SchemaDelta;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Takes the journal of a GO in which orders 2.0 migrated at start and everything was taken back, and damages one
/// thing.
class MigrationChecksTest {
    private static final SchemaDelta MIGRATED = delta(List.of("column orders.channel text"), List.of("h: 2"));

    private static SchemaDelta delta(List<String> added, List<String> entered) {
        return new SchemaDelta(added, List.of(), List.of(), entered, List.of(), 0);
    }

    private static Event.SchemaRead read(String moment, SchemaDelta since, List<String> notRead) {
        return new Event.SchemaRead(1, "db", moment, "5f", 20, 2, "h: 2", since, notRead);
    }

    private static Journals migrated() {
        return Journals.go()
                .add(11.9, read("before", SchemaDelta.NONE, List.of()))
                .add(13.5, new Event.StartMigrated(1, "db", "orders", "orders 2.0", MIGRATED))
                .add(13.9, read("change", MIGRATED, List.of()))
                .add(22.6, read("rollback", SchemaDelta.NONE, List.of()))
                .add(22.7, tried(OldVersionTried.STARTED, ""));
    }

    private static OldVersionTried tried(String outcome, String evidence) {
        return new OldVersionTried(1, "orders", "1.0", "db", outcome, "rollback", evidence);
    }

    private static void after(Journals journal, SchemaDelta left) {
        journal.each(
                Event.SchemaRead.class,
                read -> read.moment().equals("rollback") ? read("rollback", left, List.of()) : read);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage(Decision.NO_GO, "The schema of db stays at orders 2.0", journal -> after(journal, MIGRATED)),
                damage(
                        Decision.NO_GO,
                        "still names 'h: 2'",
                        journal -> after(journal, delta(List.of(), List.of("h: 2")))),
                damage(
                        Decision.NO_GO,
                        "does not name 'h: 1' any more",
                        journal -> after(
                                journal,
                                new SchemaDelta(List.of(), List.of(), List.of(), List.of(), List.of("h: 1"), 0))),
                damage(
                        Decision.NO_GO,
                        "orders 1.0 does not start on the schema that orders 2.0 left in db",
                        journal -> {
                            after(journal, MIGRATED);
                            journal.each(
                                    OldVersionTried.class,
                                    _ -> tried(OldVersionTried.DID_NOT_START, "boom\ncolumn title does not exist\n"));
                        }),
                damage(
                        Decision.INCONCLUSIVE,
                        "What orders 2.0 did to the schema of db when it started is not known: after the rollback",
                        journal -> journal.without(event -> event instanceof Event.SchemaRead read
                                && read.moment().equals("rollback"))),
                damage(
                        Decision.INCONCLUSIVE,
                        "before the change: db does not run",
                        journal -> journal.each(
                                Event.SchemaRead.class,
                                read -> read.moment().equals("before")
                                        ? read("before", SchemaDelta.NONE, List.of("db does not run"))
                                        : read)));
    }

    private static Arguments damage(Decision decision, String reason, Consumer<Journals> damage) {
        return Arguments.of(decision, reason, damage);
    }

    @Test
    void whatIsTakenBackWholeIsAGo() {
        RunSummary run = Judge.judge(new Scenarios().build(), migrated().build());

        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(run.migrations()).singleElement().satisfies(migration -> {
            assertThat(migration.takenBack()).containsExactly("column orders.channel text was added");
            assertThat(migration.declared()).isFalse();
            assertThat(migration.oldVersion().hasStarted()).isTrue();
        });
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("damages")
    void withOneThingDamagedItIsNoGoAnyMore(Decision decision, String reason, Consumer<Journals> damage) {
        Journals journal = migrated();
        damage.accept(journal);

        RunSummary run = Judge.judge(new Scenarios().build(), journal.build());

        assertThat(run.verdict().decision()).isEqualTo(decision);
        assertThat(run.verdict().reason()).contains(reason);
    }

    @Test
    void anOldVersionThatNobodySawStartIsToldAsNotChecked() {
        RunSummary run = Judge.judge(
                new Scenarios().build(),
                migrated().without(OldVersionTried.class).build());

        assertThat(run.verdict().decision()).isEqualTo(Decision.GO);
        assertThat(run.notChecked())
                .contains("that orders 1.0 starts on the schema of orders 2.0: nobody saw it start while the schema was"
                        + " the new one");
    }

    @Test
    void anOldVersionThatStartsOnlyOnceTheSchemaIsBackIsNotHeldAgainstTheRollback() {
        RunSummary run = Judge.judge(
                new Scenarios().build(),
                migrated()
                        .each(OldVersionTried.class, _ -> tried(OldVersionTried.DID_NOT_START, "boom"))
                        .build());

        assertThat(run.verdict().decision()).isEqualTo(Decision.GO);
        assertThat(run.migrations().getFirst().oldVersion().lastLine()).isEqualTo("boom");
    }
}
