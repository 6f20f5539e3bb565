package dev.understudy.analysis.judge;

import dev.understudy.analysis.RunSummary.MigrationReading;
import dev.understudy.analysis.RunSummary.OldVersion;
import dev.understudy.analysis.RunSummary.SchemaMoment;
import dev.understudy.analysis.data.StructureDifferences;
import dev.understudy.journal.Event;
import dev.understudy.journal.Event.OldVersionTried;
import dev.understudy.journal.Event.SchemaDelta;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What deployments did to the schemas of databases when they started, and what became of it: put together from
/// what the scenario declares and what one trial read.
final class StartMigrations {
    static final String BEFORE = "before";
    static final String CHANGE = "change";
    static final String ROLLBACK = "rollback";
    static final List<String> MOMENTS = List.of(BEFORE, CHANGE, ROLLBACK);

    private final Scenario scenario;
    private final TrialRecord trial;

    private StartMigrations(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
    }

    /// Those that happened, in order, then those that are declared and did not show.
    static List<MigrationReading> of(Scenario scenario, TrialRecord trial) {
        return new StartMigrations(scenario, trial).readings();
    }

    private List<MigrationReading> readings() {
        List<MigrationReading> readings = new ArrayList<>();
        Set<List<String>> told = new HashSet<>();
        trial.events(Event.StartMigrated.class).forEach(event -> {
            told.add(List.of(event.by(), event.service()));
            readings.add(reading(event));
        });
        for (Change change : scenario.changes()) {
            declared(change)
                    .filter(migration -> !told.contains(List.of(change.service(), migration.database())))
                    .filter(migration -> scenario.shadow().mode(migration.database()) == ServiceMode.RUN)
                    .ifPresent(migration -> readings.add(reading(new Event.StartMigrated(
                            trial.number(),
                            migration.database(),
                            change.service(),
                            change.label(),
                            SchemaDelta.NONE))));
        }
        return List.copyOf(readings);
    }

    /// What the version that a change starts is declared to migrate.
    private Optional<Service.StartMigration> declared(Change change) {
        Service service = scenario.topology().service(change.service());
        return switch (change) {
            case Change.ToVersion to -> service.migrationOf(to.version());
            case Change.Settings _ -> service.migrationOf(service.version());
            case Change.Migration _ -> Optional.empty();
        };
    }

    private MigrationReading reading(Event.StartMigrated event) {
        Optional<Change> change = scenario.changes().stream()
                .filter(each ->
                        each.service().equals(event.by()) && each.label().equals(event.label()))
                .findFirst();
        boolean isDeclared = change.flatMap(this::declared)
                .filter(migration -> migration.database().equals(event.service()))
                .isPresent();
        Optional<Event.SchemaRead> after = read(event.service(), ROLLBACK);
        SchemaDelta now = after.map(Event.SchemaRead::since).orElse(SchemaDelta.NONE);
        Set<String> still = new HashSet<>(now.objects());
        Predicate<String> isExpected = line -> StructureDifferences.isDeclared(line, expected(event.service()));
        List<String> objects = event.what().objects();
        List<String> staying = objects.stream().filter(still::contains).toList();
        return new MigrationReading(
                event.service(),
                event.by(),
                event.label(),
                change.map(Change::place).orElse(scenario.place()),
                isDeclared,
                objects,
                event.what().entered(),
                after.isEmpty()
                        ? List.of()
                        : objects.stream().filter(line -> !still.contains(line)).toList(),
                staying.stream().filter(isExpected.negate()).toList(),
                staying.stream().filter(isExpected).toList(),
                event.what().entered().stream().filter(now.entered()::contains).toList(),
                moments(event.service()),
                oldVersion(event),
                notRead(event.service()));
    }

    List<ExpectedDifference> expected(String database) {
        return scenario.expected().stream()
                .filter(each -> each.service().equals(database))
                .toList();
    }

    private Optional<Event.SchemaRead> read(String database, String moment) {
        return trial.events(Event.SchemaRead.class)
                .filter(read -> read.service().equals(database) && read.moment().equals(moment))
                .findFirst();
    }

    private List<SchemaMoment> moments(String database) {
        return MOMENTS.stream()
                .flatMap(moment -> read(database, moment).stream())
                .filter(read -> read.notRead().isEmpty())
                .map(read ->
                        new SchemaMoment(read.moment(), read.sha256(), read.objects(), read.applied(), read.latest()))
                .toList();
    }

    private List<String> notRead(String database) {
        List<String> lines = new ArrayList<>();
        for (String moment : MOMENTS) {
            Optional<Event.SchemaRead> read = read(database, moment);
            String when = moment.equals(BEFORE) ? "before the change" : "after the " + moment;
            if (read.isEmpty()) {
                lines.add(when + " it was not read");
            } else {
                read.get().notRead().forEach(why -> lines.add(when + ": " + why));
            }
        }
        return List.copyOf(lines);
    }

    private OldVersion oldVersion(Event.StartMigrated event) {
        return trial.events(OldVersionTried.class)
                .filter(tried ->
                        tried.service().equals(event.by()) && tried.database().equals(event.service()))
                .reduce((_, last) -> last)
                .map(tried -> new OldVersion(tried.version(), tried.outcome(), tried.seen(), tried.evidence()))
                .orElseGet(() -> new OldVersion(
                        scenario.topology().service(event.by()).version(),
                        OldVersionTried.NOT_CHECKED,
                        "",
                        event.what().isNone()
                                ? "the schema did not change"
                                : "nobody saw it start while the schema was the new one"));
    }
}
