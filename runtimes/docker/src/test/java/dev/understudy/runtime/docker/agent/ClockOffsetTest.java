package dev.understudy.runtime.docker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    @Test
    void anEstimateIsWrongByAtMostItsBound() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long ahead = random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
            long asked = random.nextLong(1_000_000_000_000L);
            long there = random.nextLong(10_000_000);
            long back = random.nextLong(10_000_000);
            ClockOffset offset = ClockOffset.of(asked, asked + there - ahead, asked + there + back);
            assertThat(Math.abs(offset.nanos() - ahead)).isLessThanOrEqualTo(offset.boundNanos());
        }
    }

    @Test
    void aWorseEstimateReplacesABetterOneOnlyWhenThatIsOld() {
        ClockOffset good = new ClockOffset(5, 1_000, 0);
        ClockOffset soon = new ClockOffset(6, 100_000, 1_000_000);
        ClockOffset late = new ClockOffset(7, 100_000, 1_000_000_000);
        assertThat(good.or(soon)).isEqualTo(good);
        assertThat(good.or(late)).as("500 ppm of a second are 500 µs").isEqualTo(late);
        assertThat(soon.or(good)).isEqualTo(good);
    }
}
