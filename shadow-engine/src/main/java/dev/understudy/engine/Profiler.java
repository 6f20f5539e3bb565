package dev.understudy.engine;

import dev.understudy.journal.Journal;
import dev.understudy.runtime.Arm;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Notes once a second what every process of both arms used since the last time, and what every link passed on.
final class Profiler {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final double SECOND = 1e9;

    private final int trial;
    private final RunLog log;
    private final Map<String, Arm.ResourceUse> usesBefore = new HashMap<>();
    private final Map<String, Arm.LinkBytes> bytesBefore = new HashMap<>();

    Profiler(int trial, RunLog log) {
        this.trial = trial;
        this.log = log;
    }

    /// Begins, in a thread of its own; ends when `stopped` holds.
    void sample(Collection<Arm> arms, BooleanSupplier stopped) {
        log.timeline().fork("resources", () -> {
            long before = log.now();
            boolean first = true;
            while (!stopped.getAsBoolean()) {
                long now = log.now();
                for (Arm arm : arms) {
                    look(arm, now, first ? 0 : now - before);
                }
                before = now;
                first = false;
                log.timeline().await(stopped, now + EVERY.toNanos());
            }
            return true;
        });
    }

    private void look(Arm arm, long now, long elapsed) {
        for (Arm.ResourceUse use : arm.resources()) {
            Arm.ResourceUse before =
                    usesBefore.put(arm.name() + "/" + use.service() + "/" + use.index() + "/" + use.mark(), use);
            if (elapsed > 0) {
                log.recorder().resource(second(arm, now, elapsed, use, sameProcess(before, use)));
            }
        }
        for (Arm.LinkBytes bytes : arm.linkBytes()) {
            Arm.LinkBytes before = bytesBefore.put(arm.name() + "/" + bytes.link(), bytes);
            if (before != null && elapsed > 0) {
                note(arm, now, elapsed, before, bytes);
            }
        }
    }

    /// What a process that began since the last time had used before is nothing.
    private static Arm.ResourceUse sameProcess(Arm.@Nullable ResourceUse before, Arm.ResourceUse now) {
        return before != null && before.mark().equals(now.mark())
                ? before
                : new Arm.ResourceUse(now.service(), now.index(), now.mark(), Duration.ZERO, 0, 0, 0, 0);
    }

    /// A descendant that ended takes what it used with it, so a sum may fall; that is no use of less than
    /// nothing.
    private Journal.ResourceSecond second(
            Arm arm, long now, long elapsed, Arm.ResourceUse use, Arm.ResourceUse before) {
        return new Journal.ResourceSecond(
                trial,
                arm.name().toString(),
                use.service(),
                use.index(),
                now / 1_000_000_000,
                Math.max(0, use.cpu().minus(before.cpu()).toNanos()) / (double) elapsed,
                use.residentBytes(),
                OptionalLong.of(perSecond(use.readBytes() - before.readBytes(), elapsed)),
                OptionalLong.of(perSecond(use.writtenBytes() - before.writtenBytes(), elapsed)),
                OptionalLong.of(use.threads()));
    }

    private void note(Arm arm, long now, long elapsed, Arm.LinkBytes before, Arm.LinkBytes bytes) {
        long toCallee = perSecond(bytes.toCallee() - before.toCallee(), elapsed);
        long toCaller = perSecond(bytes.toCaller() - before.toCaller(), elapsed);
        if (toCallee > 0 || toCaller > 0) {
            log.recorder()
                    .bytes(new Journal.LinkBytes(
                            trial,
                            arm.name().toString(),
                            bytes.link().toString(),
                            now / 1_000_000_000,
                            toCallee,
                            toCaller));
        }
    }

    private static long perSecond(long amount, long elapsed) {
        return Math.max(0, Math.round(amount * SECOND / elapsed));
    }
}
