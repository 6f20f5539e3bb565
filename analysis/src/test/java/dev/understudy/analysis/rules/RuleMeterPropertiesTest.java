package dev.understudy.analysis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.StabilityRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RuleMeterPropertiesTest {

    @Property(tries = 300)
    void readsLikeARuleThatKeepsEverything(@ForAll long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        // limits are binary fractions, so that both sides meet the same ties
        StabilityRule rule = chance.nextBoolean()
                ? Rules.errors(chance.nextInt(5) / 16.0, Duration.ofMillis(500), chance.nextInt(1, 20))
                : Rules.slow(List.of(0.5, 0.75, 0.9375).get(chance.nextInt(3)), 0.0625, Duration.ofMillis(500), 1);
        long watchFrom = chance.nextLong(300) * Rules.MS;
        RuleMeter meter = new RuleMeter(rule, watchFrom);
        NaiveRule naive = new NaiveRule(rule, watchFrom);

        for (Step step : script(chance)) {
            step.tell(meter, naive);
            if (step.look()) {
                Reading ours = meter.read(step.at());
                Reading theirs = naive.read(step.at());
                assertThat(ours.state()).isEqualTo(theirs.state());
                assertThat(ours.value()).isEqualTo(theirs.value());
                assertThat(ours.firstBadAt()).isEqualTo(theirs.firstBadAt());
            }
        }
    }

    private record Step(long at, long id, long intendedAt, boolean begins, boolean ends, boolean failure) {
        boolean look() {
            return !begins && !ends;
        }

        void tell(RuleMeter meter, NaiveRule naive) {
            NaiveRule.Told out = new NaiveRule.Told(intendedAt, 0, false);
            if (begins) {
                meter.began(id, intendedAt);
                naive.out.add(out);
            } else if (ends) {
                meter.ended(id, at, failure);
                naive.out.remove(out);
                naive.told.add(new NaiveRule.Told(intendedAt, at, failure));
            }
        }
    }

    private static List<Step> script(SplittableRandom chance) {
        List<Step> steps = new ArrayList<>();
        Map<Long, Long> open = new HashMap<>();
        long now = 0;
        double trouble = chance.nextDouble();
        for (long id = 0; id < 400; id++) {
            now += 1 + chance.nextLong(12 * Rules.MS);
            open.put(id, now);
            steps.add(new Step(now, id, now, true, false, false));
            trouble = chance.nextInt(60) == 0 ? chance.nextDouble() : trouble;
            while (!open.isEmpty() && chance.nextDouble() > trouble * 0.7) {
                now += 1 + chance.nextLong(3 * Rules.MS);
                long ended = open.keySet().stream().min(Long::compare).orElseThrow();
                boolean failure = chance.nextDouble() < trouble * 0.5;
                steps.add(new Step(now, ended, open.remove(ended), false, true, failure));
            }
            if (chance.nextInt(4) == 0) {
                steps.add(new Step(++now, 0, 0, false, false, false));
            }
        }
        return steps;
    }
}
