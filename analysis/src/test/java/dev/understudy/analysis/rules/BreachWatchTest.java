package dev.understudy.analysis.rules;

import static dev.understudy.analysis.rules.Rules.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Scenario.BreachPolicy;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.StabilityRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BreachWatchTest {
    private static final List<StabilityRule> RULES =
            List.of(Rules.errors(0.02, Duration.ofSeconds(2), 1), Rules.slow(0.99, 0.4, Duration.ofSeconds(2), 1));
    private static final Reading HOLDS = new Reading(Reading.State.HOLDS, OptionalDouble.of(0), 0, 0);
    private static final Reading BLIND = new Reading(Reading.State.BLIND, OptionalDouble.empty(), 0, 4);

    private static Reading broken(double value, long firstBadAt) {
        return new Reading(Reading.State.BROKEN, OptionalDouble.of(value), firstBadAt, 0);
    }

    private static BreachWatch watch(Trigger trigger) {
        return new BreachWatch(new BreachPolicy(trigger, Duration.ofSeconds(30)), RULES);
    }

    @Test
    void oneBrokenRuleIsABreachByDefault() {
        Breach breach = watch(new Trigger.Any())
                .look(9, Map.of("errors", broken(0.31, 5), "slow", HOLDS), Map.of("errors", HOLDS, "slow", HOLDS))
                .orElseThrow();

        assertThat(breach.rules()).containsExactly("errors");
        assertThat(breach.firstBadAt()).isEqualTo(5);
        assertThat(breach.shared()).isFalse();
        assertThat(breach.reason())
                .isEqualTo("rule errors: error-rate of gateway is 31.0 %, limit 0.02 (control 0.0 %)");
    }

    @Test
    void blindAndFillingRulesAreNoBreach() {
        assertThat(watch(new Trigger.Any()).look(9, Map.of("errors", BLIND), Map.of()))
                .isEmpty();
    }

    @Test
    void breachIsSharedOnlyIfTheControlBreaksEveryRuleBehindIt() {
        Map<String, Reading> both = Map.of("errors", broken(0.3, 5), "slow", broken(1, 3));

        BreachWatch watch = watch(new Trigger.AtLeast(2));
        assertThat(watch.look(9, Map.of("errors", broken(0.3, 5)), Map.of())).isEmpty();
        Breach half = watch.look(9, both, Map.of("errors", broken(0.3, 5))).orElseThrow();
        Breach whole = watch.look(10, both, Map.of("slow", broken(0.3, 5))).orElseThrow();

        assertThat(half.shared()).isFalse();
        assertThat(half.firstBadAt()).isEqualTo(3);
        assertThat(whole.shared()).isTrue();
    }

    @Test
    void controlThatBrokeTheRuleLongAgoDoesNotShareIt() {
        BreachWatch watch = watch(new Trigger.Any());
        watch.look(SECOND, Map.of(), Map.of("errors", broken(0.3, 5)));

        assertThat(watch.look(2 * SECOND, Map.of("errors", broken(0.3, 5)), Map.of())
                        .orElseThrow()
                        .shared())
                .isTrue();
        assertThat(watch.look(4 * SECOND, Map.of("errors", broken(0.3, 5)), Map.of())
                        .orElseThrow()
                        .shared())
                .isFalse();
    }

    @Test
    void answersOfOneCodeAreCountedInEachArm() {
        BreachWatch watch = watch(new Trigger.Code(503, 2));
        watch.entryAnswered(ArmName.CANDIDATE, 503, 7);
        watch.entryAnswered(ArmName.CANDIDATE, 500, 8);
        watch.entryAnswered(ArmName.CONTROL, 503, 8);
        assertThat(watch.look(8, Map.of("errors", broken(1, 1)), Map.of())).isEmpty();

        watch.entryAnswered(ArmName.CANDIDATE, 503, 9);
        Breach breach = watch.look(9, Map.of(), Map.of()).orElseThrow();

        assertThat(breach.firstBadAt()).isEqualTo(7);
        assertThat(breach.shared()).isFalse();
        watch.entryAnswered(ArmName.CONTROL, 503, 10);
        assertThat(watch.look(9, Map.of(), Map.of()).orElseThrow().shared()).isTrue();
    }
}
