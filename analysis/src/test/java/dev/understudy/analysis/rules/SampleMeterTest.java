package dev.understudy.analysis.rules;

import static dev.understudy.analysis.rules.Rules.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.rules.Reading.State;
import dev.understudy.scenario.Bound;
import dev.understudy.scenario.MetricSource;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Count;
import dev.understudy.scenario.StabilityRule.NoData;
import dev.understudy.scenario.StabilityRule.Sampling;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SampleMeterTest {
    private static final OptionalDouble LIMIT = OptionalDouble.of(10);

    private static SampleMeter meter(Bound.Side side, NoData noData, Optional<Count> count) {
        Duration lasting = Duration.ofSeconds(count.map(Count::samples).orElse(4));
        StabilityRule rule = new StabilityRule(
                "queue",
                new Place("test", 1, 1),
                new StabilityRule.Metric.Sampled(new MetricSource.PromQl("queue")),
                new StabilityRule.Target.OfArm(),
                new Bound(side, new Quantity(Quantity.Unit.NUMBER, 10, "10"), Optional.empty(), "10"),
                lasting,
                OptionalLong.empty(),
                new Sampling(Duration.ofSeconds(1), noData, count));
        return new SampleMeter(rule, 0);
    }

    private static SampleMeter meter() {
        return meter(Bound.Side.MAX, NoData.INCONCLUSIVE, Optional.empty());
    }

    private static void feed(SampleMeter meter, long from, double... values) {
        for (int i = 0; i < values.length; i++) {
            meter.add((from + i) * SECOND, values[i]);
        }
    }

    @Test
    void theMeanOfTheWindowBreaksTheRuleOnceTheWindowIsFull() {
        SampleMeter meter = meter();
        feed(meter, 1, 9, 14);

        assertThat(meter.read(2 * SECOND, LIMIT).state()).isEqualTo(State.FILLING);
        feed(meter, 3, 9, 12);
        Reading broken = meter.read(4 * SECOND, LIMIT);

        assertThat(broken.state()).isEqualTo(State.BROKEN);
        assertThat(broken.value()).hasValue(11);
        assertThat(broken.firstBadAt()).isEqualTo(2 * SECOND);
    }

    @Test
    void twoOfThreeSamplesBreakTheRuleAndOneDoesNot() {
        SampleMeter meter = meter(Bound.Side.MAX, NoData.INCONCLUSIVE, Optional.of(new Count(2, 3)));
        feed(meter, 1, 1, 99, 1);
        assertThat(meter.read(3 * SECOND, LIMIT).state()).isEqualTo(State.HOLDS);

        feed(meter, 4, 11);

        assertThat(meter.read(4 * SECOND, LIMIT).state()).isEqualTo(State.BROKEN);
        assertThat(meter.read(4 * SECOND, LIMIT).value()).hasValue(11);
    }

    @Test
    void aLowerBoundIsBrokenFromBelow() {
        SampleMeter meter = meter(Bound.Side.MIN, NoData.INCONCLUSIVE, Optional.of(new Count(2, 3)));
        feed(meter, 1, 20, 3, 4);

        assertThat(meter.read(3 * SECOND, LIMIT).state()).isEqualTo(State.BROKEN);
        assertThat(meter.read(3 * SECOND, LIMIT).value()).hasValue(4);
    }

    @Test
    void aSourceThatFallsSilentIsBlindSinceItsLastSample() {
        SampleMeter meter = meter();
        feed(meter, 1, 1, 1, 1, 1);

        Reading silent = meter.read(9 * SECOND, LIMIT);

        assertThat(silent.state()).isEqualTo(State.BLIND);
        assertThat(silent.blindSince()).isEqualTo(4 * SECOND);
    }

    @Test
    void noDataIsABreachIfTheRuleSaysSo() {
        SampleMeter meter = meter(Bound.Side.MAX, NoData.BREACH, Optional.empty());

        assertThat(meter.read(3 * SECOND, LIMIT).state()).isEqualTo(State.FILLING);
        assertThat(meter.read(4 * SECOND, LIMIT).state()).isEqualTo(State.BROKEN);
        assertThat(meter.read(4 * SECOND, LIMIT).value()).isEmpty();
    }

    @Test
    void tooFewSamplesForACountAreMissingDataAfterTwiceTheirTime() {
        SampleMeter meter = meter(Bound.Side.MAX, NoData.INCONCLUSIVE, Optional.of(new Count(2, 3)));
        feed(meter, 1, 99);

        assertThat(meter.read(5 * SECOND, LIMIT).state()).isEqualTo(State.FILLING);
        assertThat(meter.read(6 * SECOND, LIMIT).state()).isEqualTo(State.BLIND);
    }

    @Test
    void withoutALimitNothingCanBeSaid() {
        SampleMeter meter = meter();
        feed(meter, 1, 1, 1, 1, 1);

        assertThat(meter.read(4 * SECOND, OptionalDouble.empty()).state()).isEqualTo(State.BLIND);
    }
}
