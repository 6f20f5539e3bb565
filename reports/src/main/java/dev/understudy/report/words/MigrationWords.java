package dev.understudy.report.words;

import dev.understudy.analysis.RunSummary.MigrationReading;
import dev.understudy.analysis.RunSummary.OldVersion;
import java.util.ArrayList;
import java.util.List;

/// What a version did to a schema when it started, and what became of it, in sentences without their stop.
public final class MigrationWords {
    private static final int SHOWN = 3;

    private MigrationWords() {}

    /// What it changed: `orders 2.0 changed the schema of db when it started: …`.
    public static String did(MigrationReading migration) {
        String who = migration.change();
        if (migration.objects().isEmpty() && migration.entered().isEmpty()) {
            return who + " did not change the schema of " + migration.database() + " when it started";
        }
        return who + " changed the schema of " + migration.database() + " when it started: "
                + some(migration.objects())
                + (migration.entered().isEmpty()
                        ? ""
                        : (migration.objects().isEmpty() ? "" : "; ") + "entered " + some(migration.entered()));
    }

    /// What the rollback made of it.
    public static String became(MigrationReading migration) {
        if (migration.objects().isEmpty()) {
            return did(migration);
        }
        List<String> parts = new ArrayList<>();
        if (!migration.stays().isEmpty()) {
            parts.add("the schema stays at " + migration.change() + " after the rollback: " + some(migration.stays()));
        }
        if (!migration.staysDeclared().isEmpty()) {
            parts.add("stays as declared: " + some(migration.staysDeclared()));
        }
        if (!migration.takenBack().isEmpty()) {
            parts.add("taken back: " + some(migration.takenBack()));
        }
        if (!migration.historyStays().isEmpty()) {
            parts.add("the migration history still has " + some(migration.historyStays()));
        }
        return parts.isEmpty() ? "what became of it is not known" : String.join("; ", parts);
    }

    /// Whether the old version starts on it, and how that is known.
    public static String oldVersion(MigrationReading migration) {
        OldVersion old = migration.oldVersion();
        String seen = old.seen().equals("probe") ? ", in a probe after the trial" : ", in the rollback";
        if (old.hasStarted()) {
            return "started and became healthy" + seen;
        }
        return old.hasRefused()
                ? "did not start" + seen + (old.evidence().isBlank() ? "" : ":\n" + old.evidence())
                : "not checked: " + old.evidence();
    }

    private static String some(List<String> lines) {
        String first = String.join(", ", lines.subList(0, Math.min(SHOWN, lines.size())));
        return lines.size() <= SHOWN ? first : first + " and " + (lines.size() - SHOWN) + " more";
    }
}
