package dev.understudy.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatedTrafficTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void oneSeedGivesTheSameTrafficToTheLastByte() {
        assertThat(described(traffic(3, 1))).isEqualTo(described(traffic(3, 1)));
        assertThat(described(traffic(3, 1))).isNotEqualTo(described(traffic(4, 1)));
    }

    private static List<String> described(List<LiveExchange> exchanges) {
        return exchanges.stream()
                .map(each -> each.id()
                        + each.session()
                        + each.beganEpochNanos()
                        + each.request().target()
                        + each.status()
                        + new String(each.answerBody(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void itHasTheRateTheSessionsAndTheOrderThatWereAskedFor() {
        List<LiveExchange> exchanges = traffic(5, 1);

        assertThat(exchanges).hasSizeBetween(1_700, 2_300);
        assertThat(exchanges).isSortedAccordingTo((a, b) -> Long.compare(a.beganEpochNanos(), b.beganEpochNanos()));
        assertThat(exchanges.getFirst().beganEpochNanos())
                .isGreaterThan(SimulatedRuntime.EPOCH.toEpochMilli() * 1_000_000);
        assertThat(exchanges.stream().map(LiveExchange::session).distinct()).hasSizeGreaterThan(100);
        assertThat(exchanges).allSatisfy(exchange -> {
            assertThat(exchange.status()).isPresent();
            assertThat(exchange.latencyNanos()).isPositive();
        });
        assertThat(exchanges.stream().filter(each -> !each.request().isSafe()).count())
                .isBetween(exchanges.size() / 5L, exchanges.size() / 2L);
    }

    @Test
    void aSessionKeepsTheCookieThatLiveSetAndReadsItsOwnOrdersBack() {
        List<LiveExchange> exchanges = traffic(6, 1);
        List<LiveExchange> reads = exchanges.stream()
                .filter(each -> each.request().target().startsWith("/orders/"))
                .toList();

        assertThat(reads)
                .hasSizeGreaterThan(100)
                .allSatisfy(read -> assertThat(read.status()).hasValue(200));
        exchanges.stream()
                .collect(Collectors.groupingBy(LiveExchange::session))
                .values()
                .forEach(session -> {
                    assertThat(session.getFirst().request().headers())
                            .noneMatch(h -> h.name().equals("Cookie"));
                    assertThat(session.stream()
                                    .skip(1)
                                    .flatMap(each -> each.request().headers().stream())
                                    .filter(header -> header.name().equals("Cookie"))
                                    .distinct())
                            .hasSizeLessThanOrEqualTo(1);
                });
    }

    @Test
    void aSampleIsWholeSessionsAndTheLedgerBalances() {
        List<LiveExchange> all = traffic(7, 1);
        List<LiveExchange> some = traffic(7, 0.3);

        assertThat(some).hasSizeBetween(all.size() / 6, all.size() / 2);
        List<String> sampled =
                some.stream().map(LiveExchange::session).distinct().toList();
        assertThat(all.stream().filter(each -> sampled.contains(each.session())))
                .hasSameSizeAs(some);
    }

    private static List<LiveExchange> traffic(long seed, double sample) {
        SimulatedTimeline timeline = new SimulatedTimeline(seed);
        SimulatedRuntime runtime = new SimulatedRuntime(SampleWorlds.shop(), timeline, seed);
        return timeline.run(() -> {
            List<LiveExchange> exchanges = new ArrayList<>();
            SimulatedTraffic.Shape shape = new SimulatedTraffic.Shape(100.0 / 3, 30, 12, sample, MINUTE.toNanos());
            try (SimulatedTraffic traffic = SimulatedTraffic.start(runtime, shape, SampleWorlds.shopper(), seed)) {
                while (!traffic.isExhausted()) {
                    Optional<LiveExchange> next = traffic.poll();
                    next.ifPresent(exchanges::add);
                    if (next.isEmpty()) {
                        timeline.sleep(Duration.ofMillis(20));
                    }
                }
                assertThat(traffic.ledger().isBalanced()).isTrue();
                assertThat(traffic.ledger().delivered()).isEqualTo(exchanges.size());
                assertThat(traffic.ledger().seen()).isGreaterThanOrEqualTo(exchanges.size());
            }
            return exchanges;
        });
    }
}
