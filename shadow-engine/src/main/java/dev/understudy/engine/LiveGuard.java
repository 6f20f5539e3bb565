package dev.understudy.engine;

import dev.understudy.analysis.rules.Quantiles;
import dev.understudy.journal.Event;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Pressure;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.LiveLimits;
import dev.understudy.scenario.Traffic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// Keeps a run from harming live: if live suffers while services of the shadow run, the run stops.
///
/// ```
///  clone ─▶ probe ─▶│ trials …                                           │─▶ dispose
///   learn: what     │ watch: p99 of windows of 5 s and 100 answers, or   │
///   live does by    │ more, and the pressure on its host; over the limit │
///   itself          │ for 15 s, or 15 s without any answer: stop         │
/// ```
///
/// A stop is a [Event.LiveSuffers], followed by an interruption of the timeline, so that everything unwinds as it
/// does for Ctrl-C. What it can't see: requests that live leaves open while it answers others. Thread-safe.
final class LiveGuard {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long WINDOW = Duration.ofSeconds(5).toNanos();
    private static final int FEWEST_ANSWERS = 100;
    private static final long PATIENCE = Duration.ofSeconds(15).toNanos();
    /// Of a longer time to learn, or of more requests, the latest count.
    private static final int MOST_ANSWERS = 10_000;

    private static final String LATENCY = "latency-p99";
    private static final double USUAL_IO = 0.8;
    private static final double USUAL_MEMORY = 0.3;

    private final RunLog log;
    private final Live live;
    private final TrafficSource traffic;
    private final Scenario scenario;
    private final long learningSince;
    private final ArrayDeque<Long> latencies = new ArrayDeque<>();
    private final Map<String, Sign> signs = new LinkedHashMap<>();
    private Optional<Timeline.Fork<Boolean>> watch = Optional.empty();
    private double answersBefore;
    private long answers;
    private long lastAnswer;
    private long windowBegan;
    private boolean stopped;
    private volatile boolean closed;

    /// Learns from now on.
    LiveGuard(RunLog log, Live live, TrafficSource traffic, Scenario scenario) {
        this.log = log;
        this.live = live;
        this.traffic = traffic;
        this.scenario = scenario;
        this.learningSince = log.now();
        traffic.onAnswer(this::answered);
    }

    private synchronized void answered(long nanos) {
        answers++;
        lastAnswer = log.now();
        latencies.addLast(nanos);
        if (latencies.size() > MOST_ANSWERS) {
            latencies.removeFirst();
        }
    }

    /// Has learnt enough; watches from now on, until [#close].
    synchronized void watch() {
        learn();
        latencies.clear();
        answers = 0;
        windowBegan = log.now();
        lastAnswer = windowBegan;
        watch = Optional.of(log.timeline().fork("live's guard", () -> {
            while (!closed) {
                log.timeline().await(() -> closed, log.now() + LOOK.toNanos());
                look();
            }
            return true;
        }));
    }

    private void learn() {
        LiveLimits limits = scenario.live().guard();
        if (scenario.traffic().from() instanceof Traffic.Source.Mirror) {
            double before = latencies.isEmpty() ? 0 : p99();
            double usual = Math.max(5 * before, before + 1);
            double limit = limits.p99().map(wanted -> wanted.toNanos() / 1e9).orElse(usual);
            signs.put(LATENCY, new Sign(before, limit));
        }
        Pressure pressure = live.pressure();
        pressure.io().ifPresent(now -> sign("io-pressure", now, limits.io(), USUAL_IO));
        pressure.memory().ifPresent(now -> sign("memory-pressure", now, limits.memory(), USUAL_MEMORY));
        pressure.cpu().ifPresent(now -> signs.put("cpu-pressure", new Sign(now, Double.POSITIVE_INFINITY)));
        answersBefore = answers * 1e9 / Math.max(1, log.now() - learningSince);
        Map<String, Double> before = new TreeMap<>();
        Map<String, Double> limit = new TreeMap<>();
        signs.forEach((name, sign) -> {
            before.put(name, sign.before);
            if (Double.isFinite(sign.limit)) {
                limit.put(name, sign.limit);
            }
        });
        log.record(new Event.LiveLearned(answers, before, limit));
    }

    private void sign(String name, double before, OptionalDouble wanted, double usual) {
        signs.put(name, new Sign(before, wanted.orElse(Math.max(usual, 2 * before))));
    }

    private synchronized void look() {
        long now = log.now();
        if (closed || stopped) {
            return;
        }
        Pressure pressure = live.pressure();
        pressure.io().ifPresent(value -> weigh("io-pressure", value, now));
        pressure.memory().ifPresent(value -> weigh("memory-pressure", value, now));
        pressure.cpu().ifPresent(value -> weigh("cpu-pressure", value, now));
        if (now - windowBegan >= WINDOW && latencies.size() >= FEWEST_ANSWERS) {
            weigh(LATENCY, p99(), windowBegan);
            latencies.clear();
            windowBegan = now;
        }
        boolean many = answersBefore * PATIENCE / 1e9 >= FEWEST_ANSWERS;
        if (many && now - lastAnswer >= PATIENCE && !traffic.isExhausted()) {
            stop("answers", answersBefore, 0, 0, now - lastAnswer);
        }
    }

    private void weigh(String name, double value, long since) {
        Sign sign = signs.get(name);
        if (sign != null) {
            sign.read(value, since);
            long lasting = log.now() - sign.overSince;
            // one window of slow traffic may last longer than that: one is never enough
            if (sign.over >= 2 && lasting >= PATIENCE) {
                stop(name, sign.before, value, sign.limit, lasting);
            }
        }
    }

    private void stop(String sign, double before, double reached, double limit, long lasting) {
        if (!stopped) {
            stopped = true;
            log.record(new Event.LiveSuffers(sign, before, reached, limit, lasting));
            log.timeline().interrupt();
        }
    }

    private double p99() {
        long[] all = latencies.stream().mapToLong(Long::longValue).toArray();
        return Quantiles.of(all, all.length, 0.99) / 1e9;
    }

    /// Whether it stopped the run.
    synchronized boolean hasStopped() {
        return stopped;
    }

    /// Watches no more, and records how live fared.
    void close() {
        closed = true;
        try {
            watch.ifPresent(Timeline.Fork::join);
        } catch (Timeline.Interruption interrupted) {
            // the run is unwinding, and this is a part of it
        }
        recordWorst();
    }

    private synchronized void recordWorst() {
        Map<String, Double> worst = new TreeMap<>();
        signs.forEach((name, sign) -> sign.worst.ifPresent(value -> worst.put(name, value)));
        log.record(new Event.LiveWatched(answers, worst));
    }

    /// One figure of live: what it was, what it may be, and since when it has been more each time it was read.
    private static final class Sign {
        private final double before;
        private final double limit;
        private OptionalDouble worst = OptionalDouble.empty();
        private int over;
        private long overSince;

        private Sign(double before, double limit) {
            this.before = before;
            this.limit = limit;
        }

        private void read(double value, long since) {
            worst = OptionalDouble.of(Math.max(worst.orElse(value), value));
            overSince = over == 0 ? since : overSince;
            over = value > limit ? over + 1 : 0;
        }
    }
}
