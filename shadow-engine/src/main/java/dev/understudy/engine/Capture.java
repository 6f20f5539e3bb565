package dev.understudy.engine;

import dev.understudy.mirror.BegunSessions;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes from live what a bundle holds, so that a scenario can be rehearsed where live can't be reached.
///
/// 1. *discover*: look at live, record where it differs from its files; begin to listen to its traffic.
/// 2. *copy*: copy its data at one instant, mask the copy, pack it.
/// 3. *sample*: keep what live answered since that instant, for a while; a [LiveGuard] watches live. Sessions that
///    began before are left out where the copy can't know them.
///
/// Live is touched as in a [Rehearsal], and no arm is made. An instance runs once. Not thread-safe.
public final class Capture {
    private final Scenario scenario;
    private final Wiring wiring;
    private final String secret;
    private final RunLog log;

    /// What was taken.
    ///
    /// @param sample redacted; in the order in which live was asked; empty if the scenario makes its own
    ///     traffic
    /// @param leftOut how many exchanges are of sessions that began before the copy and that it does not know
    public record Taken(Runtime.Packed packed, List<LiveExchange> sample, int leftOut, List<Live.Drift> drift) {
        public Taken {
            sample = List.copyOf(sample);
            drift = List.copyOf(drift);
        }
    }

    /// @param secret the key under which data is masked, at most 50 characters; it is not kept
    public Capture(Scenario scenario, Wiring wiring, String secret) {
        this.scenario = scenario;
        this.wiring = wiring;
        this.secret = secret;
        this.log = new RunLog(wiring.timeline(), wiring.recorder());
    }

    /// Takes it; packed data goes into `directory`.
    ///
    /// @param length for how long traffic is taken, from the instant that the copies show
    /// @throws EnvironmentException if the place does not allow it, or live suffered from it
    /// @throws dev.understudy.runtime.Timeline.Interruption if it was interrupted
    public Taken run(String directory, Duration length) {
        try (Live live = Discovery.of(scenario, wiring.runtime(), log);
                Hoard traffic = new Hoard(log.timeline(), wiring.traffic().apply(scenario))) {
            LiveGuard guard = new LiveGuard(log, live, traffic, scenario);
            Runtime.Packed packed = log.stage(0, "copy", () -> wiring.runtime().pack(request(live), directory));
            List<LiveExchange> sample = watched(guard, () -> sample(traffic, packed.copied(), length));
            List<LiveExchange> known = knowsSessions()
                    ? sample
                    : BegunSessions.among(sample, scenario.traffic().by());
            if (known.isEmpty() && !sample.isEmpty()) {
                throw new EnvironmentException(
                        "all " + sample.size() + " exchanges that live's mirror handed out are of"
                                + " sessions that began before the copy, which doesn't know them: take more time, or mask the"
                                + " column that keeps them to hashes");
            }
            return new Taken(packed, known, sample.size() - known.size(), live.drift());
        }
    }

    /// Whether the copy may know what the recording has in place of session keys: both are hashed the same then.
    private boolean knowsSessions() {
        return scenario.shadow().masks().stream().anyMatch(mask -> mask.by() instanceof Mask.Replacement.Hash);
    }

    private ShadowRequest request(Live live) {
        return new ShadowRequest(wiring.runId(), live, scenario, wiring.timeline(), log, secret);
    }

    private List<LiveExchange> watched(LiveGuard guard, java.util.function.Supplier<List<LiveExchange>> taking) {
        guard.watch();
        try {
            return log.stage(0, "sample", taking);
        } catch (RuntimeException e) { // thrown on in any case; a stop by the guard only gets its reason
            if (guard.hasStopped()) {
                throw new EnvironmentException("live suffered while its traffic was taken; nothing was written", e);
            }
            throw e;
        } finally {
            guard.close();
        }
    }

    private List<LiveExchange> sample(TrafficSource source, Shadow.Copied copied, Duration length) {
        return switch (scenario.traffic().from()) {
            case Traffic.Source.Mirror mirror -> mirrored(source, copied, length, mirror.service());
            case Traffic.Source.Capture _ -> recorded(source);
            case Traffic.Source.Synthetic _ -> List.of();
        };
    }

    private List<LiveExchange> mirrored(TrafficSource source, Shadow.Copied copied, Duration length, String service) {
        long sureOut = copied.sureOutMillis() * 1_000_000;
        TrafficLog taken = new TrafficLog(source, copied.sureInMillis() * 1_000_000, sureOut);
        Pump pump = new Pump(log, taken);
        try {
            log.timeline().sleepUntil(copied.frozenAt() + length.toNanos());
        } finally {
            pump.stop();
        }
        List<LiveExchange> sample = taken.before(sureOut + length.toNanos());
        if (sample.isEmpty()) {
            throw new EnvironmentException("in " + length.toSeconds() + " s live's mirror of '" + service
                    + "' handed out no exchange: a bundle without traffic can't be rehearsed");
        }
        return sample;
    }

    private static List<LiveExchange> recorded(TrafficSource source) {
        List<LiveExchange> all = new ArrayList<>();
        for (Optional<LiveExchange> next = source.poll(); next.isPresent(); next = source.poll()) {
            all.add(next.get());
        }
        return all;
    }
}
