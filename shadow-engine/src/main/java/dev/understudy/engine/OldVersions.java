package dev.understudy.engine;

import dev.understudy.engine.SchemaWatch.Migrated;
import dev.understudy.journal.Event.OldVersionTried;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.SchemaImage;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Whether the old version of what migrated starts on the new schema. It is seen in the rollback itself if the
/// schema is the new one when its revert begins, and still is when that has come out or no other step ran
/// meanwhile; else a probe of its own after the trial finds out: change again, then the old version, without traffic.
///
/// The readings run beside the revert, so they take no time of the rollback.
final class OldVersions implements StepRunner.Reverts {
    /// A probe that would take longer is not made.
    static final Duration LONGEST_PROBE = Duration.ofMinutes(3);

    private static final String IN_ROLLBACK = "rollback";
    private static final String IN_PROBE = "probe";

    private final int trial;
    private final Stagecraft craft;
    private final RunLog log;
    private final SchemaWatch schemas;
    private final Map<String, Release> before;
    private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();
    private final List<Migrated> unseen = new ArrayList<>();

    /// One revert, with the schemas at its begin and at its end.
    private record Sighting(
            Timeline.Fork<List<SchemaImage>> atBegin, Arm.Deployed revert, Timeline.Fork<List<SchemaImage>> atEnd) {}

    /// @param before what each service ran before the change
    OldVersions(int trial, Stagecraft craft, SchemaWatch schemas, Map<String, Release> before) {
        this.trial = trial;
        this.craft = craft;
        this.log = craft.log();
        this.schemas = schemas;
        this.before = before;
    }

    @Override
    public BiConsumer<Arm.Deployed, Boolean> begins(String service) {
        List<String> databases = schemas.migrated().stream()
                .filter(each -> each.service().equals(service))
                .map(Migrated::database)
                .toList();
        if (databases.isEmpty()) {
            return (_, _) -> {};
        }
        Timeline.Fork<List<SchemaImage>> atBegin = readAll(databases);
        // the next step may begin at once: where none ran beside it, what was read at its begin held to its end
        return (deployed, isAlone) ->
                sightings.put(service, new Sighting(atBegin, deployed, isAlone ? atBegin : readAll(databases)));
    }

    private Timeline.Fork<List<SchemaImage>> readAll(List<String> databases) {
        return log.timeline()
                .fork(
                        "read schemas",
                        () -> databases.stream()
                                .map(database -> schemas.read(craft.candidate(), database))
                                .toList());
    }

    /// Notes what the rollback has shown; what it hasn't is left to [#probe].
    void noteSeen() {
        for (Migrated each : schemas.migrated()) {
            Sighting sighting = sightings.get(each.service());
            if (sighting != null && isNew(sighting.atBegin(), each) && isNew(sighting.atEnd(), each)) {
                note(each, sighting.revert(), IN_ROLLBACK);
            } else {
                unseen.add(each);
            }
        }
    }

    private boolean isNew(Timeline.Fork<List<SchemaImage>> reading, Migrated of) {
        return reading.join().stream()
                .anyMatch(image -> image.service().equals(of.database()) && schemas.isAsChanged(image));
    }

    private void note(Migrated of, Arm.Deployed deployed, String seen) {
        note(
                of,
                deployed.healthy() ? OldVersionTried.STARTED : OldVersionTried.DID_NOT_START,
                seen,
                deployed.healthy() ? "" : deployed.evidence());
    }

    private void note(Migrated of, String outcome, String seen, String evidence) {
        log.record(new OldVersionTried(
                trial,
                of.service(),
                release(of).version(),
                of.database(),
                outcome,
                seen,
                Texts.tail(Secrets.hiddenIn(evidence), 4_000)));
    }

    private Release release(Migrated of) {
        return Objects.requireNonNull(before.get(of.service()));
    }

    /// Looks in a freshly started shadow what the trial has not shown, and resets the shadow again.
    /// @param settingUp how long it took the trial to come to the end of its change
    void probe(Duration settingUp) {
        if (unseen.isEmpty()) {
            return;
        }
        Duration needed = unseen.stream().map(this::starting).reduce(settingUp, Duration::plus);
        if (needed.compareTo(LONGEST_PROBE) > 0) {
            unseen.forEach(each -> note(
                    each,
                    OldVersionTried.NOT_CHECKED,
                    "",
                    "the rollback did not show it, and a probe may take " + needed.toSeconds() + " s, more than "
                            + LONGEST_PROBE.toSeconds() + " s"));
            return;
        }
        try {
            log.stage(trial, "old version", this::tryAll);
        } finally {
            craft.wiring().timeline().shielded(() -> log.stage(trial, "reset", craft.shadow()::reset));
        }
    }

    private Duration starting(Migrated of) {
        Service service = craft.scenario().topology().service(of.service());
        return service.stop()
                .grace()
                .plus(service.health().map(Service.Health::within).orElse(Duration.ofSeconds(30)));
    }

    private void tryAll() {
        try {
            craft.shadow().start();
            new ChangeStage(trial, craft).shipAgain();
        } catch (EnvironmentException e) {
            String why = "the change could not be put in place again: " + e.getMessage();
            unseen.forEach(each -> note(each, OldVersionTried.NOT_CHECKED, "", why));
            return;
        }
        for (Migrated each : unseen) {
            if (schemas.isAsChanged(schemas.read(craft.candidate(), each.database()))) {
                note(each, craft.candidate().deploy(each.service(), release(each)), IN_PROBE);
            } else {
                note(each, OldVersionTried.NOT_CHECKED, "", "in a probe the change left another schema");
            }
        }
    }
}
