package dev.understudy.engine;

import dev.understudy.analysis.data.SchemaDifference;
import dev.understudy.journal.Event;
import dev.understudy.journal.Event.SchemaDelta;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.SchemaImage;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads the schema and the migration history of every database of the candidate: before the change, after each
/// part of it, and after the rollback. What differs after a deployment is what the version migrated by itself when
/// it started, declared or not, unless the control shows the same. Not thread-safe.
///
/// ```
///  before ─▶ ship a ─▶ read ─▶ ship b ─▶ read = change ─▶ … rollback … ─▶ read = rollback
///              └ differs: a migrated ┘
/// ```
final class SchemaWatch {
    private final int trial;
    private final Stagecraft craft;
    private final RunLog log;
    private final Map<String, Set<String>> databases = new TreeMap<>();
    private final Map<String, SchemaImage> before = new HashMap<>();
    private final Map<String, SchemaImage> latest = new HashMap<>();
    private final Map<String, SchemaImage> changed = new HashMap<>();
    private final Set<Migrated> migrated = new LinkedHashSet<>();

    /// That deploying a service changed the schema of a database.
    record Migrated(String service, String database) {}

    SchemaWatch(int trial, Stagecraft craft) {
        this.trial = trial;
        this.craft = craft;
        this.log = craft.log();
        craft.scenario()
                .shadowServices()
                .filter(service -> service.database().isPresent())
                .filter(service -> craft.scenario().shadow().mode(service.name()) == ServiceMode.RUN)
                .forEach(service -> databases.put(service.name(), historyTables(service.name())));
    }

    /// The history tables that versions name for a database.
    private Set<String> historyTables(String database) {
        return craft.scenario().topology().services().values().stream()
                .flatMap(service -> service.versions().values().stream())
                .flatMap(version -> version.migrates().stream())
                .filter(migration -> migration.database().equals(database))
                .flatMap(migration -> migration.history().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Reads what is there before the change.
    void before() {
        for (String database : databases.keySet()) {
            SchemaImage image = read(craft.candidate(), database);
            before.put(database, image);
            latest.put(database, image);
            record(database, "before", image);
        }
    }

    /// Reads what a part of the change left, which was shipped just now.
    void shipped(Change change) {
        for (String database : databases.keySet()) {
            SchemaImage was = known(latest, database);
            SchemaImage now = read(craft.candidate(), database);
            SchemaDelta delta = difference(was, now, database);
            if (!(change instanceof Change.Migration) && !delta.isNone()) {
                migrated.add(new Migrated(change.service(), database));
                log.record(new Event.StartMigrated(trial, database, change.service(), change.label(), delta));
            }
            latest.put(database, now);
        }
    }

    /// Notes what the whole change left, which is what was read last.
    void changed() {
        for (String database : databases.keySet()) {
            changed.put(database, known(latest, database));
            record(database, "change", known(latest, database));
        }
    }

    /// Reads what the rollback left.
    void rolledBack() {
        for (String database : databases.keySet()) {
            record(database, "rollback", read(craft.candidate(), database));
        }
    }

    /// What migrated by itself, in the order of the change.
    List<Migrated> migrated() {
        return List.copyOf(migrated);
    }

    /// What `arm` holds of a database now.
    SchemaImage read(Arm arm, String database) {
        return arm.schema(database, Objects.requireNonNull(databases.get(database)));
    }

    /// Whether a reading shows the schema that the change left.
    boolean isAsChanged(SchemaImage image) {
        SchemaImage wanted = changed.get(image.service());
        return wanted != null
                && wanted.isComplete()
                && image.isComplete()
                && wanted.objects().equals(image.objects());
    }

    /// The history tables of databases that were migrated by themselves: their rows differ because they do, and are
    /// judged by what they say.
    List<ExpectedDifference> judgedApart() {
        return migrated.stream()
                .map(Migrated::database)
                .distinct()
                .flatMap(database -> known(changed, database).history().keySet().stream()
                        .map(table -> new ExpectedDifference(
                                craft.scenario().place(),
                                database,
                                ExpectedDifference.What.TABLE,
                                table,
                                "the migration history is compared by its entries")))
                .toList();
    }

    private static SchemaImage known(Map<String, SchemaImage> images, String database) {
        return images.getOrDefault(database, SchemaImage.unread(database, "it was not read"));
    }

    private void record(String database, String moment, SchemaImage image) {
        List<String> entries = image.entries();
        log.record(new Event.SchemaRead(
                trial,
                database,
                moment,
                digest(image),
                image.objects().size(),
                entries.size(),
                entries.isEmpty() ? "" : entries.getLast(),
                difference(known(before, database), image, database),
                image.incomplete()));
    }

    private SchemaDelta difference(SchemaImage from, SchemaImage to, String database) {
        if (!from.isComplete() || !to.isComplete()) {
            return SchemaDelta.NONE;
        }
        SchemaDelta plain = SchemaDifference.between(from, to);
        if (plain.sameObjects()) {
            return plain;
        }
        SchemaImage control = read(craft.control(), database);
        return control.isComplete() ? SchemaDifference.between(from, to, control) : plain;
    }

    private static String digest(SchemaImage image) {
        try {
            byte[] text = String.join("\n", image.objects()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
