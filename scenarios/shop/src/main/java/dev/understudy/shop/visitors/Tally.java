package dev.understudy.shop.visitors;

import dev.understudy.shop.service.Json;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// What visitors met: requests, failures, and how long answers took. Safe for any number of threads.
final class Tally {
    private static final double STEPS_A_DOUBLING = 8;
    private static final int BUCKETS = 200;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicInteger visiting = new AtomicInteger();
    private final AtomicInteger mostVisiting = new AtomicInteger();
    private final AtomicLongArray micros = new AtomicLongArray(BUCKETS);

    /// Counts one request, and how long its answer took.
    void count(boolean success, long nanos) {
        sent.incrementAndGet();
        if (!success) {
            failed.incrementAndGet();
        }
        double bucket = Math.log(Math.max(nanos / 1_000.0, 1)) / Math.log(2) * STEPS_A_DOUBLING;
        micros.incrementAndGet(Math.min((int) bucket, BUCKETS - 1));
    }

    /// Counts a visitor coming in.
    void enter() {
        int now = visiting.incrementAndGet();
        mostVisiting.accumulateAndGet(now, Math::max);
    }

    /// Counts a visitor leaving.
    void leave() {
        visiting.decrementAndGet();
    }

    /// The figures so far, as JSON; times are in milliseconds, no more than 10 % too high.
    Map<String, Object> toJson() {
        return Json.object(
                "sent", sent.get(),
                "failed", failed.get(),
                "visiting", visiting.get(),
                "mostVisiting", mostVisiting.get(),
                "p50", quantile(0.5),
                "p99", quantile(0.99));
    }

    private double quantile(double share) {
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += micros.get(i);
        }
        long left = (long) Math.ceil(total * share);
        int bucket = 0;
        while (bucket < BUCKETS - 1 && left > micros.get(bucket)) {
            left -= micros.get(bucket++);
        }
        return total == 0 ? 0 : Math.round(Math.pow(2, (bucket + 1) / STEPS_A_DOUBLING)) / 1_000.0;
    }
}
