package dev.understudy.analysis.rules;

import static dev.understudy.analysis.rules.Rules.MS;
import static dev.understudy.analysis.rules.Rules.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Scenario.Steady;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class RecoveryWatchTest {
    private static final Steady STEADY = new Steady(Duration.ofSeconds(5), Duration.ofSeconds(60));

    /// What one exchange is to be like; `hung` ones never end.
    private record Like(long latency, boolean failure, boolean hung) {}

    private static Like fine(long latency) {
        return new Like(latency, false, false);
    }

    private RecoveryWatch watch = new RecoveryWatch(STEADY, 0.0);

    /// Both arms get an exchange each 10 ms; a look each 50 ms.
    private OptionalLong run(long from, long to, LongFunction<Like> control, LongFunction<Like> candidate) {
        for (long now = from; now <= to; now += 10 * MS) {
            tell(ArmName.CONTROL, now, control.apply(now));
            tell(ArmName.CANDIDATE, now, candidate.apply(now));
            if (now % (50 * MS) == 0) {
                OptionalLong since = watch.look(now, true, Set.of(), true);
                if (since.isPresent()) {
                    return since;
                }
            }
        }
        return OptionalLong.empty();
    }

    private void tell(ArmName arm, long endedAt, Like like) {
        if (!like.hung()) {
            watch.ended(arm, endedAt - like.latency(), endedAt, like.failure());
        }
    }

    @Test
    void recoveredSinceTheFirstCleanWindowBegan() {
        OptionalLong since = run(0, 20 * SECOND, _ -> fine(30 * MS), now -> new Like(30 * MS, now < 3 * SECOND, false));

        assertThat(since.getAsLong()).isBetween(2_900 * MS, 3 * SECOND);
        assertThat(watch.missing()).isEmpty();
    }

    @Test
    void unhealthyInstanceOrBrokenRuleStartsTheWindowAnew() {
        assertThat(run(0, 4 * SECOND, _ -> fine(MS), _ -> fine(MS))).isEmpty();
        assertThat(watch.missing()).startsWith("steady for 4.00 s of");

        assertThat(watch.look(4 * SECOND, false, Set.of(), true)).isEmpty();
        assertThat(watch.missing()).isEqualTo("not every instance is healthy");
        assertThat(run(4_050 * MS, 8 * SECOND, _ -> fine(MS), _ -> fine(MS))).isEmpty();
        assertThat(watch.look(8 * SECOND, true, Set.of("errors"), true)).isEmpty();
        assertThat(watch.missing()).contains("errors");

        assertThat(run(8_050 * MS, 20 * SECOND, _ -> fine(MS), _ -> fine(MS))).hasValue(8_050 * MS);
    }

    @Test
    void slowerThanTheControlIsNotRecovered() {
        assertThat(run(0, 18 * SECOND, _ -> fine(60 * MS), _ -> fine(80 * MS))).isEmpty();
        assertThat(watch.missing()).isEqualTo("p50 80 ms, control 60 ms");
    }

    @Test
    void differencesBelowFiveMillisecondsAndBeingFasterAreNoReason() {
        assertThat(run(0, 10 * SECOND, _ -> fine(8 * MS), _ -> fine(12 * MS))).hasValue(0);
        watch = new RecoveryWatch(STEADY, 0);
        assertThat(run(0, 10 * SECOND, _ -> fine(80 * MS), _ -> fine(12 * MS))).hasValue(0);
    }

    @Test
    void largerSpreadOfTheArmsByThemselvesIsAllowedFor() {
        watch = new RecoveryWatch(STEADY, 0.4);

        assertThat(run(0, 18 * SECOND, _ -> fine(60 * MS), _ -> fine(80 * MS))).hasValue(0);
    }

    @Test
    void hungCandidateIsNotRecoveredAlthoughWhatEndedWasFine() {
        OptionalLong since = run(0, 18 * SECOND, _ -> fine(MS), now -> new Like(MS, false, now % (40 * MS) != 0));

        assertThat(since).isEmpty();
        assertThat(watch.missing()).startsWith("only ").contains("exchanges answered");
    }

    @Test
    void withoutTrafficNothingIsDecided() {
        Like nothing = new Like(0, false, true);
        assertThat(run(0, 10 * SECOND, _ -> nothing, _ -> nothing)).isEmpty();
        assertThat(watch.missing()).isEqualTo(RecoveryWatch.TOO_LITTLE_TRAFFIC);

        tell(ArmName.CONTROL, 9 * SECOND, fine(MS));
        tell(ArmName.CANDIDATE, 9 * SECOND, fine(MS));

        assertThat(watch.look(11 * SECOND, true, Set.of(), false)).isEmpty();
        assertThat(watch.missing()).isEqualTo(RecoveryWatch.TOO_LITTLE_TRAFFIC);
        assertThat(watch.look(11 * SECOND, true, Set.of(), true)).hasValue(6 * SECOND);
    }

    @Test
    void onePointMoreErrorsThanTheControlIsAllowedAndTwoAreNot() {
        LongFunction<Like> each50th = now -> new Like(MS, now % (500 * MS) == 0, false);
        LongFunction<Like> each40th = now -> new Like(MS, now % (400 * MS) == 0, false);
        LongFunction<Like> each20th = now -> new Like(MS, now % (200 * MS) == 0, false);

        assertThat(run(0, 10 * SECOND, each50th, each40th)).isPresent();
        watch = new RecoveryWatch(STEADY, 0);
        assertThat(run(0, 10 * SECOND, each50th, each20th)).isEmpty();
        assertThat(watch.missing()).startsWith("errors 5.0 %");
    }
}
