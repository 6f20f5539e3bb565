package dev.understudy.shop.visitors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void quantilesAreAtMostATenthTooHigh() {
        Tally tally = new Tally();
        for (int millis = 1; millis <= 1000; millis++) {
            tally.count(millis % 100 != 0, millis * 1_000_000L);
        }
        assertThat(tally.toJson()).containsEntry("sent", 1000L).containsEntry("failed", 10L);
        assertThat((double) tally.toJson().get("p50")).isBetween(500.0, 550.0);
        assertThat((double) tally.toJson().get("p99")).isBetween(990.0, 1089.0);
    }

    @Test
    void nothingMetIsNothing() {
        assertThat(new Tally().toJson()).containsEntry("sent", 0L).containsEntry("p99", 0.0);
    }

    @Test
    void theMostVisitorsAtOnceAreRemembered() {
        Tally tally = new Tally();
        tally.enter();
        tally.enter();
        tally.leave();
        assertThat(tally.toJson()).containsEntry("visiting", 1).containsEntry("mostVisiting", 2);
    }
}
