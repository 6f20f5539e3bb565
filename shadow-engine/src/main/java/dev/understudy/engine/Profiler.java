package dev.understudy.engine;

import dev.understudy.journal.Journal;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
    private final Audience audience;
    private final Map<String, Arm.ResourceUse> usesBefore = new HashMap<>();
    private final Map<String, Arm.LinkBytes> bytesBefore = new HashMap<>();

    /// Who is told, too: of what the processes of an arm have used until now, of what its links have passed on, and
    /// of what that comes to for each service.
    interface Audience {
        void used(ArmName arm, long now, List<Arm.ResourceUse> uses, List<Arm.LinkBytes> links, ServiceUse services);
    }

    Profiler(int trial, RunLog log, Audience audience) {
        this.trial = trial;
        this.log = log;
        this.audience = audience;
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
        List<Arm.ResourceUse> uses = arm.resources();
        List<Arm.LinkBytes> links = arm.linkBytes();
        ServiceUse services = new ServiceUse();
        for (Arm.ResourceUse use : uses) {
            Arm.ResourceUse before =
                    usesBefore.put(arm.name() + "/" + use.service() + "/" + use.index() + "/" + use.mark(), use);
            services.holds(use);
            if (elapsed > 0) {
                Journal.ResourceSecond second = second(arm, now, elapsed, use, sameProcess(before, use));
                log.recorder().resource(second);
                services.used(second);
            }
        }
        for (Arm.LinkBytes bytes : links) {
            Arm.LinkBytes before = bytesBefore.put(arm.name() + "/" + bytes.link(), bytes);
            if (before != null && elapsed > 0) {
                note(arm, now, elapsed, before, bytes, services);
            }
        }
        audience.used(arm.name(), now, uses, links, services);
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

    private void note(Arm arm, long now, long elapsed, Arm.LinkBytes before, Arm.LinkBytes bytes, ServiceUse services) {
        long toCallee = perSecond(bytes.toCallee() - before.toCallee(), elapsed);
        long toCaller = perSecond(bytes.toCaller() - before.toCaller(), elapsed);
        services.passed(bytes.link(), toCallee, toCaller);
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
