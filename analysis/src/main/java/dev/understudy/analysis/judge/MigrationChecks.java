package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.MigrationReading;
import dev.understudy.analysis.data.StructureDifferences;
import dev.understudy.journal.Event;
import dev.understudy.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether there is a way back from what versions migrated by themselves when they started: the schema is taken
/// back or declared to stay, the migration history says what is there, and what stays doesn't keep the old version
/// from starting.
final class MigrationChecks {
    private final Scenario scenario;
    private final TrialRecord trial;

    MigrationChecks(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
    }

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (MigrationReading migration : StartMigrations.of(scenario, trial)) {
            stranded(migration).ifPresent(faults::add);
            stays(migration).ifPresent(faults::add);
            history(migration).ifPresent(faults::add);
            unread(migration).ifPresent(faults::add);
        }
        return faults;
    }

    /// What is not checked of them, a line each.
    static List<String> open(List<MigrationReading> migrations) {
        List<String> lines = new ArrayList<>();
        for (MigrationReading migration : migrations) {
            if (migration.declared()
                    && migration.objects().isEmpty()
                    && migration.entered().isEmpty()) {
                lines.add(migration.change() + " is declared to migrate " + migration.database()
                        + " when it starts, but its schema did not change");
            }
            if (!migration.oldVersion().hasStarted() && !migration.oldVersion().hasRefused()) {
                lines.add("that " + migration.service() + " "
                        + migration.oldVersion().version()
                        + " starts on the schema of " + migration.change() + ": "
                        + migration.oldVersion().evidence());
            }
        }
        return lines;
    }

    private Optional<Fault> stranded(MigrationReading migration) {
        if (!migration.oldVersion().hasRefused() || !migration.staysWhole()) {
            return Optional.empty();
        }
        String old = migration.service() + " " + migration.oldVersion().version();
        return Optional.of(Fault.oneWay(Reason.of(
                old + " does not start on the schema that " + migration.change() + " left in " + migration.database()
                        + ", and the rollback does not take it back: "
                        + migration.oldVersion().lastLine() + ".",
                migration.service(),
                migration.place())));
    }

    private Optional<Fault> stays(MigrationReading migration) {
        if (migration.stays().isEmpty()) {
            return Optional.empty();
        }
        String more = migration.stays().size() > 1
                ? " and " + (migration.stays().size() - 1) + " more of "
                        + migration.objects().size() + " differences"
                : "";
        return Optional.of(Fault.failed(Reason.of(
                "The schema of " + migration.database() + " stays at " + migration.change() + " after the rollback: "
                        + migration.stays().getFirst() + more + ", and neither a step nor verify says so.",
                migration.database(),
                migration.place(),
                migration.stays().size() + " of " + migration.objects().size() + " differences stay")));
    }

    /// A history that names what is not there any more keeps the next rollout from migrating; one that lacks what is
    /// there makes it migrate again.
    private Optional<Fault> history(MigrationReading migration) {
        Event.SchemaDelta now = trial.events(Event.SchemaRead.class)
                .filter(read -> read.service().equals(migration.database())
                        && read.moment().equals(StartMigrations.ROLLBACK))
                .map(Event.SchemaRead::since)
                .findFirst()
                .orElse(Event.SchemaDelta.NONE);
        boolean isTakenBack = migration.stays().isEmpty()
                && migration.staysDeclared().isEmpty()
                && !migration.objects().isEmpty();
        Optional<String> left = now.entered().stream()
                .filter(_ -> isTakenBack)
                .filter(entry -> !isDeclared(entry, migration.database()))
                .findFirst()
                .map(entry -> "still names '" + entry + "', but what it did was taken back: rolled out again, "
                        + migration.change() + " would not migrate");
        Optional<String> gone = now.withdrawn().stream()
                .filter(entry -> !isDeclared(entry, migration.database()))
                .findFirst()
                .map(entry -> "does not name '" + entry + "' any more, which was there before the change");
        return left.or(() -> gone)
                .map(what -> Fault.failed(Reason.of(
                        "After the rollback the migration history of " + migration.database() + " " + what + ".",
                        migration.database(),
                        migration.place())));
    }

    private boolean isDeclared(String entry, String database) {
        return StructureDifferences.isDeclared(
                "table " + entry.substring(0, Math.max(0, entry.indexOf(':'))),
                scenario.expected().stream()
                        .filter(each -> each.service().equals(database))
                        .toList());
    }

    private Optional<Fault> unread(MigrationReading migration) {
        boolean matters = migration.declared() || !migration.objects().isEmpty();
        if (migration.notRead().isEmpty() || !matters) {
            return Optional.empty();
        }
        return Optional.of(Fault.untested(Reason.of(
                "What " + migration.change() + " did to the schema of " + migration.database()
                        + " when it started is not known: "
                        + migration.notRead().getFirst() + ".",
                migration.database(),
                migration.place())));
    }
}
