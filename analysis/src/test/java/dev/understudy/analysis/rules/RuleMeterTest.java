package dev.understudy.analysis.rules;

import static dev.understudy.analysis.rules.Rules.MS;
import static dev.understudy.analysis.rules.Rules.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RuleMeterTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private long next;

    private void feed(RuleMeter meter, long from, long to, long latency, boolean failure) {
        for (long at = from; at < to; at += 10 * MS) {
            meter.began(next, at);
            meter.ended(next++, at + latency, failure);
        }
    }

    @Test
    void firstWindowHasToFillBeforeARuleBreaks() {
        RuleMeter meter = new RuleMeter(Rules.errors(0.02, TWO_SECONDS, 1), 0);
        feed(meter, 0, SECOND, MS, true);

        assertThat(meter.read(SECOND).state()).isEqualTo(Reading.State.FILLING);
        assertThat(meter.read(SECOND).value()).hasValue(1.0);
        assertThat(meter.read(2 * SECOND).state()).isEqualTo(Reading.State.BROKEN);
        assertThat(meter.read(2 * SECOND).firstBadAt()).isZero();
    }

    @Test
    void tooFewRequestsAreMissingDataNotHealth() {
        RuleMeter meter = new RuleMeter(Rules.errors(0.02, TWO_SECONDS, 100), 0);
        feed(meter, 0, 500 * MS, MS, false);

        Reading reading = meter.read(2 * SECOND);

        assertThat(reading.state()).isEqualTo(Reading.State.BLIND);
        assertThat(reading.value()).isEmpty();
        assertThat(reading.blindSince()).isZero();
    }

    @Test
    void strayErrorBeforeTheBadPeriodIsNotItsBeginning() {
        RuleMeter meter = new RuleMeter(Rules.errors(0.02, TWO_SECONDS, 1), 0);
        feed(meter, 0, 2 * SECOND, MS, false);
        feed(meter, 2 * SECOND, 2 * SECOND + 10 * MS, MS, true);
        feed(meter, 2 * SECOND + 10 * MS, 3 * SECOND, MS, false);
        assertThat(meter.read(3 * SECOND).state()).isEqualTo(Reading.State.HOLDS);

        feed(meter, 3 * SECOND, 3 * SECOND + 100 * MS, MS, true);
        Reading broken = meter.read(3 * SECOND + 100 * MS);

        assertThat(broken.isBroken()).isTrue();
        assertThat(broken.firstBadAt()).isEqualTo(3 * SECOND);
    }

    @Test
    void hungExchangesBreakALatencyRuleBeforeTheyEnd() {
        RuleMeter meter = new RuleMeter(Rules.slow(0.99, 0.4, TWO_SECONDS, 1), 0);
        feed(meter, 0, 2 * SECOND, MS, false);
        for (long at = 2 * SECOND; at < 2 * SECOND + 200 * MS; at += 10 * MS) {
            meter.began(next++, at);
        }

        assertThat(meter.read(2 * SECOND + 300 * MS).state()).isEqualTo(Reading.State.HOLDS);
        Reading later = meter.read(2 * SECOND + 500 * MS);

        assertThat(later.isBroken()).isTrue();
        assertThat(later.firstBadAt()).isEqualTo(2 * SECOND);
        assertThat(later.value().getAsDouble()).isGreaterThan(0.4);
    }

    @Test
    void allHungIsBrokenEvenIfNothingEndsAnyMore() {
        RuleMeter meter = new RuleMeter(Rules.slow(0.99, 0.4, TWO_SECONDS, 50), 0);
        feed(meter, 0, 2 * SECOND, MS, false);
        for (long at = 2 * SECOND; at < 6 * SECOND; at += 10 * MS) {
            meter.began(next++, at);
        }

        assertThat(meter.read(6 * SECOND).isBroken()).isTrue();
    }

    @Test
    void exchangesThatBeganBeforeTheRulesWatchDontCount() {
        RuleMeter meter = new RuleMeter(Rules.errors(0.02, TWO_SECONDS, 1), 5 * SECOND);
        meter.began(1, 4 * SECOND);
        meter.ended(1, 6 * SECOND, true);
        meter.sample(4 * SECOND, 6 * SECOND, true);
        meter.sample(6 * SECOND, 6 * SECOND + MS, false);

        assertThat(meter.read(7 * SECOND).value()).hasValue(0.0);
    }

    @Test
    void gapInTheMetricMakesTheRuleBlindSinceTheGapBegan() {
        RuleMeter meter = new RuleMeter(Rules.errors(0.02, TWO_SECONDS, 1), 0);
        feed(meter, 0, 3 * SECOND, MS, false);
        meter.read(3 * SECOND);
        meter.withhold(true);
        feed(meter, 3 * SECOND, 6 * SECOND, MS, true);

        Reading inTheGap = meter.read(6 * SECOND);
        meter.withhold(false);
        feed(meter, 6 * SECOND, 7 * SECOND, MS, false);

        assertThat(inTheGap.state()).isEqualTo(Reading.State.BLIND);
        assertThat(inTheGap.blindSince()).isEqualTo(3 * SECOND);
        assertThat(meter.read(7 * SECOND).state()).isEqualTo(Reading.State.HOLDS);
    }

    @Test
    void exitsAreCountedAndNeedNoTraffic() {
        RuleMeter meter = new RuleMeter(Rules.exits(0, TWO_SECONDS), 0);

        assertThat(meter.read(3 * SECOND).state()).isEqualTo(Reading.State.HOLDS);
        meter.exited(3 * SECOND + MS);
        Reading broken = meter.read(4 * SECOND);

        assertThat(broken.isBroken()).isTrue();
        assertThat(broken.value()).hasValue(1.0);
        assertThat(broken.firstBadAt()).isEqualTo(3 * SECOND + MS);
        assertThat(meter.read(6 * SECOND).state()).isEqualTo(Reading.State.HOLDS);
        meter.withhold(true);
        assertThat(meter.read(7 * SECOND).isBlind()).isTrue();
    }

    @Test
    void memoryStaysBoundedWithoutReads() {
        Window window = new Window(SECOND);
        for (long at = 0; at < 600 * SECOND; at += 2 * MS) {
            window.add(at, at + MS, false);
        }

        assertThat(window.size()).isLessThanOrEqualTo(1_200);
    }
}
