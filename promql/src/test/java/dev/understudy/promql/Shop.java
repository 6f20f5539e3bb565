package dev.understudy.promql;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import java.time.Instant;
import java.util.function.IntToDoubleFunction;

/// A shop's metrics, scraped every 15 s from 0 to 300 s, so that every value can be worked out in the
/// head: after 300 s (sample 20) `orders_total` stands at 120, 60 and 180, `stock` at 10 and 7.
final class Shop {
    static final long SECOND = 1_000_000_000L;
    /// The instant at which most expressions are evaluated.
    static final long NOW = 300 * SECOND;
    /// A Thursday, and a multiple of every step used here.
    static final Instant ORIGIN = Instant.parse("2024-02-29T12:30:00Z");

    private static final int LAST = 20;
    private static final long STEP = 15 * SECOND;

    final SeriesStore store = new SeriesStore(ORIGIN, SeriesStore.Limits.USUAL);

    Shop() {
        counters();
        gauges();
        histograms();
    }

    private void counters() {
        scraped(Labels.named("orders_total", "shop", "north", "pay", "card"), i -> 6 * i);
        scraped(Labels.named("orders_total", "shop", "north", "pay", "cash"), i -> 3 * i);
        scraped(Labels.named("orders_total", "shop", "south", "pay", "card"), i -> 9 * i);
        scraped(Labels.named("failures_total", "shop", "north", "pay", "card"), i -> i);
        scraped(Labels.named("failures_total", "shop", "south", "pay", "card"), i -> 0);
        lately(Labels.named("restarted_total"), 5, 10, 2, 4);
        lately(Labels.named("young_total"), 1, 11, 21, 31);
        lately(Labels.named("newborn_total"), 4, 10);
        lately(Labels.named("dropped_total"), 10, 4);
    }

    private void gauges() {
        scraped(Labels.named("stock", "shop", "north"), i -> 50 - 2 * i);
        scraped(Labels.named("stock", "shop", "south"), i -> 7);
        lately(Labels.named("price", "shop", "north"), -1.5);
        lately(Labels.named("price", "shop", "south"), 2.5);
        lately(Labels.named("shop_info", "shop", "north", "city", "Oslo"), 1);
        lately(Labels.named("shop_info", "shop", "south", "city", "Rome"), 1);
        lately(Labels.named("odd", "is", "nan"), Double.NaN);
        lately(Labels.named("odd", "is", "least"), -1);
        lately(Labels.named("odd", "is", "greatest"), 1);
        lately(Labels.named("sunk"), Double.NaN, Double.NaN, 3, 3);
        for (int i = 17; i < LAST; i++) {
            store.append(Labels.named("ended"), i, i * STEP);
        }
        store.end(Labels.named("ended"), NOW);
        store.append(Labels.named("old"), 9, 0);
        store.append(Labels.named("late"), 5, 285 * SECOND);
    }

    private void histograms() {
        buckets("latency_bucket", new String[] {"0.1", "0.2", "0.5", "+Inf"}, 10, 30, 40, 50);
        buckets("headless_bucket", new String[] {"0.1", "0.2"}, 10, 30);
        buckets("single_bucket", new String[] {"+Inf"}, 10);
        buckets("negative_bucket", new String[] {"-1", "+Inf"}, 5, 9);
        buckets("empty_bucket", new String[] {"1", "+Inf"}, 0, 0);
        buckets("falling_bucket", new String[] {"1", "2", "+Inf"}, 10, 8, 20);
        lately(Labels.named("falling_bucket", "le", "rubbish"), 99);
    }

    private void buckets(String name, String[] bounds, double... counts) {
        for (int b = 0; b < bounds.length; b++) {
            double count = counts[b];
            scraped(Labels.named(name, "le", bounds[b]), i -> count * i / LAST);
        }
    }

    private void scraped(Labels labels, IntToDoubleFunction value) {
        for (int i = 0; i <= LAST; i++) {
            store.append(labels, value.applyAsDouble(i), i * STEP);
        }
    }

    /// Samples of which the last was taken now.
    private void lately(Labels labels, double... values) {
        for (int i = 0; i < values.length; i++) {
            store.append(labels, values[i], (LAST + 1 + i - values.length) * STEP);
        }
    }
}
