package dev.understudy.report;

import dev.understudy.analysis.RunSummary.MigrationReading;
import dev.understudy.analysis.RunSummary.OldVersion;
import dev.understudy.report.words.MigrationWords;

/// What a deployment migrated when it started, as test cases.
final class MigrationCases {
    private MigrationCases() {}

    /// Whether the rollback took the schema back, or what stays is declared.
    static Check schema(MigrationReading migration) {
        String name = "schema of " + migration.database() + " after " + migration.change();
        String said = MigrationWords.became(migration) + " (" + migration.place() + ")";
        if (!migration.stays().isEmpty()) {
            return Check.failed(name, "SCHEMA_STAYS", said);
        }
        if (!migration.notRead().isEmpty()) {
            return Check.error(name, "NOT_CHECKED", "not checked: " + String.join("; ", migration.notRead()));
        }
        return Check.passed(name, said);
    }

    /// Whether the old version starts on the schema of its successor.
    static Check oldVersion(MigrationReading migration) {
        OldVersion old = migration.oldVersion();
        String name = migration.service() + " " + old.version() + " starts on the schema of " + migration.change();
        String said = MigrationWords.oldVersion(migration) + " (" + migration.place() + ")";
        if (old.hasStarted()) {
            return Check.passed(name, said);
        }
        return old.hasRefused() ? Check.failed(name, "DID_NOT_START", said) : Check.skipped(name, said);
    }
}
