package dev.understudy.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Release;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What runs in one copy of a world: for each service, one process an instance. Only for threads of its
/// timeline.
final class Processes {
    private static final int KILLED = 137;

    private final SimulatedWorld world;
    private final SimulatedSystem system;
    private final SimulatedTimeline timeline;
    private final Map<String, List<Incarnation>> running = new LinkedHashMap<>();
    private long started;
    private int turn;

    Processes(SimulatedWorld world, SimulatedSystem system) {
        this.world = world;
        this.system = system;
        this.timeline = system.timeline();
    }

    /// Begins to start all instances of a service; each settles when it is up or has failed.
    List<Incarnation> start(String service, Release release) {
        return bringUp(service, make(service, release, all(service)));
    }

    /// Begins to start instances of these indexes beside whatever else of the service there is.
    List<Incarnation> startBeside(String service, Release release, List<Integer> indexes) {
        List<Incarnation> before = of(service);
        List<Incarnation> made = make(service, release, indexes);
        running.put(service, Stream.concat(before.stream(), made.stream()).toList());
        return bringUp(service, made);
    }

    private List<Incarnation> bringUp(String service, List<Incarnation> begun) {
        for (Incarnation incarnation : begun) {
            timeline.fork("start " + system + "/" + service, () -> bringUp(incarnation));
        }
        return begun;
    }

    private List<Integer> all(String service) {
        return IntStream.range(0, world.service(service).instances()).boxed().toList();
    }

    /// Has all instances of a service up at once: for what ran before anybody looked.
    void assumeUp(String service, Release release) {
        make(service, release, all(service)).forEach(Incarnation::comeUp);
    }

    private List<Incarnation> make(String service, Release release, List<Integer> indexes) {
        VersionModel version = world.service(service).versionNamed(release.version());
        List<Incarnation> made = new ArrayList<>();
        for (int index : indexes) {
            String mark = system + "/" + service + "#" + index + "@" + ++started;
            made.add(new Incarnation(service, index, release, version, digest(service, release), mark));
        }
        running.put(service, made);
        return made;
    }

    private boolean bringUp(Incarnation incarnation) {
        long time = incarnation.version.starting().draw(system.chance(incarnation.service));
        incarnation.busyNanos += time;
        timeline.sleepUntil(timeline.now() + time);
        if (incarnation.isStarting()) {
            Optional<String> refusal =
                    migrate(incarnation).or(() -> incarnation.version.refusal().apply(system.data()::tables));
            refusal.ifPresentOrElse(why -> endByItself(incarnation, why, 1), incarnation::comeUp);
        }
        return incarnation.isUp();
    }

    /// Says why its migration failed, which changed nothing then.
    private Optional<String> migrate(Incarnation incarnation) {
        if (incarnation.version.migration().isEmpty()) {
            return Optional.empty();
        }
        VersionModel.Migration migration = incarnation.version.migration().get();
        Tables copy = system.data().tables(migration.store()).copy();
        try {
            migration.effect().accept(copy);
        } catch (RuntimeException e) { // a model of a migration fails by throwing: the service then ends by itself
            return Optional.of("the migration failed: " + e.getMessage());
        }
        system.data().put(migration.store(), copy);
        return Optional.empty();
    }

    private void endByItself(Incarnation incarnation, String why, int code) {
        incarnation.end(why);
        system.sayExited(incarnation, code);
    }

    /// Ends all instances of a service in order; returns when they are gone.
    void stop(String service) {
        stop(service, of(service));
    }

    /// Ends these instances of a service in order and forgets them; returns when they are gone.
    void end(String service, List<Incarnation> old) {
        stop(service, old);
        running.put(
                service,
                of(service).stream().filter(each -> !old.contains(each)).toList());
    }

    private void stop(String service, List<Incarnation> old) {
        List<Incarnation> ending = old.stream().filter(each -> !each.isDown()).toList();
        long longest = 0;
        for (Incarnation incarnation : ending) {
            incarnation.beginToStop();
            longest = Math.max(longest, incarnation.version.stopping().draw(system.chance(service)));
        }
        if (longest > 0) {
            timeline.sleepUntil(timeline.now() + longest);
        }
        ending.forEach(incarnation -> incarnation.end("was stopped"));
    }

    /// Ends all instances of a service at once, as by SIGKILL, and says so to the observers.
    void kill(String service) {
        of(service).stream().filter(each -> !each.isDown()).forEach(each -> endByItself(each, "was killed", KILLED));
    }

    /// Ends everything at once, without a word.
    void endAll() {
        all().forEach(incarnation -> incarnation.end("was ended"));
        running.clear();
    }

    Stream<Incarnation> all() {
        return running.values().stream().flatMap(List::stream);
    }

    List<Incarnation> of(String service) {
        return running.getOrDefault(service, List.of());
    }

    List<InstanceState> states() {
        return all().map(Incarnation::state).toList();
    }

    /// Whose turn it is to serve the next request; null if no instance is up.
    @Nullable
    Incarnation next(String service) {
        List<Incarnation> candidates = of(service);
        for (int i = 0; i < candidates.size(); i++) {
            Incarnation candidate = candidates.get((turn + i) % candidates.size());
            if (candidate.isUp()) {
                turn = (turn + i + 1) % candidates.size();
                return candidate;
            }
        }
        return null;
    }

    /// What identifies what a release of a service runs.
    static String digest(String service, Release release) {
        String text = service + "\n" + release.version() + "\n" + new TreeMap<>(release.settings());
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
