package dev.understudy.analysis.rules;

import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Scenario.Steady;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Decides since when the candidate has recovered: the start of the first `steady.for` in which all of this
/// held — every instance healthy, no rule broken that the control keeps, of the exchanges meant to begin in
/// it an error share at most one point above the control's, and a median latency at most 10 % (or the A/A
/// spread, if larger) above the control's. Being faster than the control is no reason not to have
/// recovered; differences under 5 ms are below resolution. The window is judged as a whole, so what it says
/// of a moment is known `steady.for` later. Not thread-safe.
public final class RecoveryWatch {
    /// What [#missing] says if nothing but traffic is missing.
    public static final String TOO_LITTLE_TRAFFIC = "too little traffic to tell";

    private static final double ERROR_POINTS = 0.01;
    private static final double LEAST_SPREAD = 0.10;
    // in a shorter share of the control's answers the candidate still owes too many to be compared
    private static final double ANSWERED = 0.9;

    private final long lasting;
    private final double spread;
    private final Map<ArmName, Steadiness> arms = new EnumMap<>(ArmName.class);
    private OptionalLong soundSince = OptionalLong.empty();
    private String missing = "not looked yet";

    /// @param p50Spread the relative difference of medians that the arms had by themselves, see [P50Spread]
    public RecoveryWatch(Steady steady, double p50Spread) {
        lasting = steady.lasting().toNanos();
        spread = Math.max(LEAST_SPREAD, p50Spread);
        for (ArmName arm : ArmName.values()) {
            arms.put(arm, new Steadiness(lasting));
        }
    }

    /// An exchange of the entry ended.
    public void ended(ArmName arm, long intendedAt, long endedAt, boolean failure) {
        arm(arm).add(intendedAt, endedAt, failure);
    }

    /// Since when the candidate is steady, or empty if it isn't yet.
    ///
    /// @param now not before any earlier `now`
    /// @param enoughTraffic whether the floor is met
    public OptionalLong look(
            long now, boolean everyInstanceHealthy, Set<String> rulesBrokenInCandidateOnly, boolean enoughTraffic) {
        missing = whatIsUnsound(everyInstanceHealthy, rulesBrokenInCandidateOnly);
        if (!missing.isEmpty()) {
            soundSince = OptionalLong.empty();
            return OptionalLong.empty();
        }
        if (soundSince.isEmpty()) {
            soundSince = OptionalLong.of(now);
        }
        long from = now - lasting;
        if (from < soundSince.getAsLong()) {
            missing = "steady for " + Values.duration(now - soundSince.getAsLong()) + " of " + Values.duration(lasting);
            return OptionalLong.empty();
        }
        missing = whatUsersMiss(from, now, enoughTraffic);
        return missing.isEmpty() ? OptionalLong.of(from) : OptionalLong.empty();
    }

    /// What was missing at the last look; empty if nothing was.
    public String missing() {
        return missing;
    }

    private static String whatIsUnsound(boolean healthy, Set<String> broken) {
        if (!healthy) {
            return "not every instance is healthy";
        }
        return broken.isEmpty()
                ? ""
                : "broken in the candidate only: "
                        + String.join(", ", broken.stream().sorted().toList());
    }

    private String whatUsersMiss(long from, long to, boolean enoughTraffic) {
        Steadiness.Users control = arm(ArmName.CONTROL).users(from, to);
        Steadiness.Users candidate = arm(ArmName.CANDIDATE).users(from, to);
        if (control.count() > 0 && candidate.count() < ANSWERED * control.count()) {
            return "only " + candidate.count() + " exchanges answered, the control answered " + control.count();
        }
        if (candidate.errorShare() > control.errorShare() + ERROR_POINTS) {
            return "errors " + Values.percent(candidate.errorShare()) + ", control "
                    + Values.percent(control.errorShare());
        }
        long slower = candidate.p50() - control.p50();
        if (slower >= P50Spread.RESOLUTION_NANOS && slower > spread * control.p50()) {
            return "p50 " + Values.duration(candidate.p50()) + ", control " + Values.duration(control.p50());
        }
        return enoughTraffic && control.count() > 0 && candidate.count() > 0 ? "" : TOO_LITTLE_TRAFFIC;
    }

    private Steadiness arm(ArmName name) {
        return java.util.Objects.requireNonNull(arms.get(name));
    }
}
