package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Template;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Ships the changes to the candidate in list order, while the control restarts the same instances as they
/// are, so that
/// both arms are equally cold.
final class ChangeStage {
    static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(10);

    private final int trial;
    private final Stagecraft craft;
    private final RunLog log;

    ChangeStage(int trial, Stagecraft craft) {
        this.trial = trial;
        this.craft = craft;
        this.log = craft.log();
    }

    /// Whether the candidate can be started with these changes in place: a migration needs the database to run, be
    /// it a file or what a version does by itself.
    static boolean canBePrepared(Scenario scenario) {
        return scenario.changes().stream().noneMatch(Change.Migration.class::isInstance) && !migratesAtStart(scenario);
    }

    /// Whether a version that is shipped says that it migrates when it starts.
    static boolean migratesAtStart(Scenario scenario) {
        return scenario.changes().stream()
                .anyMatch(change -> change instanceof Change.ToVersion to
                        && scenario.topology()
                                .service(to.service())
                                .migrationOf(to.version())
                                .isPresent());
    }

    /// Puts them in place in the candidate, which doesn't run yet.
    void prepare() {
        for (Change change : craft.scenario().changes()) {
            Release now = craft.candidate().release(change.service());
            craft.candidate().prepare(change.service(), changed(change, now));
        }
    }

    /// Puts them in place in the running candidate once more, whatever comes of it; nothing of it is recorded.
    void shipAgain() {
        for (Change change : craft.scenario().changes()) {
            Arm candidate = craft.candidate();
            if (change instanceof Change.Migration migration) {
                candidate.sql(migration.service(), craft.files().text(migration.file()), MIGRATION_TIMEOUT);
            } else {
                candidate.deploy(change.service(), changed(change, candidate.release(change.service())));
            }
        }
    }

    /// Ships them; returns whether all went well. The first that doesn't is the last.
    /// @param shipped is told of each, well or not
    boolean ship(Consumer<Change> shipped) {
        for (Change change : craft.scenario().changes()) {
            boolean well = switch (change) {
                case Change.Migration migration -> migrate(migration);
                case Change.ToVersion to -> deploy(to, release -> changed(to, release));
                case Change.Settings settings -> deploy(settings, release -> changed(settings, release));
            };
            shipped.accept(change);
            if (!well) {
                return false;
            }
        }
        return true;
    }

    private boolean migrate(Change.Migration migration) {
        long began = log.now();
        Arm.Execution done =
                craft.candidate().sql(migration.service(), craft.files().text(migration.file()), MIGRATION_TIMEOUT);
        log.record(new Event.Shipped(
                trial,
                craft.candidate().name().toString(),
                migration.service(),
                migration.label(),
                "",
                "",
                done.succeeded(),
                0,
                log.now() - began,
                done.succeeded() ? "" : done.output()));
        return done.succeeded();
    }

    private boolean deploy(Change change, java.util.function.UnaryOperator<Release> changed) {
        Timeline.Fork<Boolean> control = log.timeline()
                .fork("cold restart of " + change.service(), () -> deploy(craft.control(), change, release -> release));
        boolean healthy = deploy(craft.candidate(), change, changed);
        control.join();
        return healthy;
    }

    private boolean deploy(Arm arm, Change change, java.util.function.UnaryOperator<Release> changed) {
        String from = digest(arm, change.service());
        Arm.Deployed deployed =
                arm.deploy(change.service(), changed.apply(arm.release(change.service())), change.how());
        log.record(new Event.Shipped(
                trial,
                arm.name().toString(),
                change.service(),
                change.label(),
                from,
                deployed.digest(),
                deployed.healthy(),
                deployed.stopping().toNanos(),
                deployed.starting().toNanos(),
                Secrets.hiddenIn(deployed.evidence())));
        return deployed.healthy();
    }

    private static Release changed(Change change, Release release) {
        return switch (change) {
            case Change.ToVersion to -> new Release(to.version(), release.settings());
            case Change.Settings settings -> {
                Map<String, Template> merged = new HashMap<>(release.settings());
                merged.putAll(settings.environment());
                yield new Release(release.version(), merged);
            }
            case Change.Migration _ -> release;
        };
    }

    private static String digest(Arm arm, String service) {
        return arm.instances().stream()
                .filter(instance -> instance.service().equals(service))
                .map(InstanceState::digest)
                .findFirst()
                .orElse("");
    }
}
