package dev.understudy.shop.visitors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DayRecorderTest {
    private final Day day = Day.recorded();

    @Test
    void theSameSeedIsTheSameDay() {
        assertThat(DayRecorder.record(42)).isEqualTo(day);
        assertThat(DayRecorder.record(43)).isNotEqualTo(day);
    }

    @Test
    void aDayIsReadBackAsItWasWritten() {
        assertThat(Day.ofLines(day.toLines())).isEqualTo(day);
        assertThat(day.toLines().length()).isLessThan(300_000);
    }

    @Test
    void itHasTheRequestsOfItsRate() {
        assertThat(day.requests()).isEqualTo((int) (Day.RATE * Day.MILLIS / 1000));
        assertThat(day.visits())
                .allSatisfy(visit -> assertThat(visit.requests()).isBetween(5, 15));
    }

    @Test
    void threeOfTenRequestsAreWrites() {
        double writes = steps(Visit.Step::isWrite)
                + day.visits().stream().filter(Visit::signsIn).count();
        assertThat(writes / day.requests()).isBetween(0.25, 0.35);
    }

    @Test
    void oneOfSixRequestsNeedsPayments() {
        double paying = steps(step -> List.of("order", "pay", "invoice").contains(step.action()));
        assertThat(paying / day.requests()).isGreaterThan(0.16);
    }

    @Test
    void moreThanFiftyAreInTheShopAtAnyTime() {
        for (long second = 15; second < 60; second++) {
            long at = second * 1000;
            assertThat(day.visits().stream()
                            .filter(visit -> visit.at() <= at && end(visit) >= at)
                            .count())
                    .describedAs("at second %d", second)
                    .isGreaterThan(50);
        }
    }

    @Test
    void everyOrderIsReadBackBeforeAnythingElseIsDoneToIt() {
        for (Visit visit : day.visits()) {
            List<String> actions =
                    visit.steps().stream().map(Visit.Step::action).toList();
            int order = actions.indexOf("order");
            assertThat(order).isPositive();
            assertThat(actions.subList(0, order)).isSubsetOf("products", "product");
            if (order + 1 < actions.size()) {
                assertThat(actions.get(order + 1)).isEqualTo("read");
            }
        }
    }

    private long steps(Predicate<Visit.Step> kind) {
        return day.visits().stream()
                .flatMap(visit -> visit.steps().stream())
                .filter(kind)
                .count();
    }

    private static long end(Visit visit) {
        return visit.at() + visit.steps().stream().mapToLong(Visit.Step::after).sum();
    }
}
