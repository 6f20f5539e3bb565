package dev.understudy.runtime.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A shadow of a specimen, and what can be seen of it. Closing takes down shadow and live, whatever a test did.
public final class Rig implements AutoCloseable, EffectLog {
    /// For everything that is expected to succeed.
    static final Duration LONG = Duration.ofSeconds(30);

    private static final int REPEATS = 5;
    private static final AtomicInteger MADE = new AtomicInteger();

    final Specimen specimen;
    final Live live;
    final Shadow shadow;
    final AtomicInteger openEffects = new AtomicInteger();

    /// Discovers and clones; nothing of the shadow runs yet.
    Rig(Specimen specimen) {
        this.specimen = specimen;
        this.live = discover(specimen);
        this.shadow = cloneOf(live);
    }

    /// Discovers, clones and starts.
    static Rig started(Specimen specimen) {
        Rig rig = new Rig(specimen);
        try {
            rig.shadow.start();
            return rig;
        } catch (RuntimeException | Error e) {
            rig.close();
            throw e;
        }
    }

    /// Live alone, started if the scenario says so.
    static Live discover(Specimen specimen) {
        return specimen.runtime()
                .discover(
                        specimen.scenario().topology(),
                        specimen.scenario().live().start(),
                        EffectLog.NONE);
    }

    private Shadow cloneOf(Live from) {
        try {
            return specimen.runtime()
                    .clone(new ShadowRequest(
                            "tck-run-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet(),
                            from,
                            specimen.scenario(),
                            specimen.timeline(),
                            this));
        } catch (RuntimeException | Error e) {
            from.close();
            throw e;
        }
    }

    @Override
    public Effect intend(String what, String undo) {
        openEffects.incrementAndGet();
        return _ -> openEffects.decrementAndGet();
    }

    Arm control() {
        return shadow.arm(ArmName.CONTROL);
    }

    Arm candidate() {
        return shadow.arm(ArmName.CANDIDATE);
    }

    /// The answer of an arm to the specimen's reading request.
    Answer read(Arm arm) {
        return arm.exchange(specimen.read(), LONG);
    }

    /// The middle one of the times that some reads took, in nanoseconds. All must succeed.
    long medianRead(Arm arm) {
        long[] times = new long[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long began = specimen.timeline().now();
            assertThat(read(arm).isAcknowledged()).isTrue();
            times[i] = specimen.timeline().now() - began;
        }
        Arrays.sort(times);
        return times[REPEATS / 2];
    }

    /// Waits until a condition holds, for as long as anything may reasonably take.
    boolean eventually(BooleanSupplier condition) {
        return specimen.timeline().await(condition, specimen.timeline().now() + LONG.toNanos());
    }

    /// What an arm runs: service, index and digest, sorted.
    static List<String> digests(Arm arm) {
        return arm.instances().stream()
                .map(instance -> instance.service() + "#" + instance.index() + " " + instance.digest())
                .sorted()
                .toList();
    }

    /// What an arm's instances are marked with, sorted: equal marks are the same processes.
    static List<String> marks(Arm arm) {
        return arm.instances().stream().map(InstanceState::mark).sorted().toList();
    }

    /// The first instance of a service.
    static InstanceState instance(Arm arm, String service) {
        return arm.instances().stream()
                .filter(instance -> instance.service().equals(service) && instance.index() == 0)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no instance of " + service + " in " + arm.instances()));
    }

    /// The data that the specimen's writing request changes; none if it has no such request.
    List<DataImage> data(Arm arm) {
        return specimen.writing().stream()
                .map(writing -> arm.data(writing.store()))
                .toList();
    }

    /// How many rows (or files) there are.
    static long rows(DataImage image) {
        return image.tables().stream().mapToLong(table -> table.rows().size()).sum();
    }

    @Override
    public void close() {
        try (live) {
            shadow.dispose();
        }
    }

    /// Keeps everything that an arm reports.
    static final class Witness implements Arm.Observer {
        final List<LinkSample> samples = new CopyOnWriteArrayList<>();
        final List<String> exits = new CopyOnWriteArrayList<>();

        static Witness of(Arm arm) {
            Witness witness = new Witness();
            arm.observe(witness);
            return witness;
        }

        /// What began at `nanos` or later; earlier exchanges may still be reported.
        Stream<LinkSample> since(long nanos) {
            return samples.stream().filter(sample -> sample.startNanos() >= nanos);
        }

        @Override
        public void exchanged(LinkSample sample) {
            samples.add(sample);
        }

        @Override
        public void exited(String service, int index, long atNanos, int exitCode) {
            exits.add(service + "#" + index);
        }
    }
}
