package dev.understudy.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.simulated.SimulatedTimeline.StuckException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatedTimelineTest {

    @Test
    void oneSeedGivesOneHistoryAndSeedsDiffer() {
        Set<String> histories = new HashSet<>();
        for (int run = 0; run < 200; run++) {
            histories.add(race(42));
        }
        assertThat(histories).hasSize(1);

        for (int seed = 0; seed < 50; seed++) {
            histories.add(race(seed));
        }
        assertThat(histories).hasSizeGreaterThan(10);
    }

    private static String race(long seed) {
        SimulatedTimeline timeline = new SimulatedTimeline(seed);
        StringBuilder history = new StringBuilder();
        timeline.run(() -> {
            LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
            List<Timeline.Fork<Void>> forks = new ArrayList<>();
            for (char name = 'a'; name < 'f'; name++) {
                char who = name;
                forks.add(timeline.fork("racer " + who, () -> {
                    for (int i = 0; i < 3; i++) {
                        queue.put(who + "" + i);
                        timeline.sleep(Duration.ofMillis(10));
                    }
                    return null;
                }));
            }
            for (int i = 0; i < 15; i++) {
                history.append(queue.take()).append(' ');
            }
            forks.forEach(Timeline.Fork::join);
            return null;
        });
        return history + "@" + timeline.now();
    }

    @Test
    void timePassesOnlyByWaitingAndThenExactly() {
        SimulatedTimeline timeline = new SimulatedTimeline(1);

        List<Long> seen = timeline.run(() -> {
            List<Long> times = new ArrayList<>();
            Timeline.Fork<Void> other = timeline.fork("other", () -> {
                timeline.sleep(Duration.ofHours(2));
                times.add(timeline.now());
                return null;
            });
            times.add(timeline.now());
            timeline.sleep(Duration.ofHours(1));
            times.add(timeline.now());
            other.join();
            times.add(timeline.now());
            return times;
        });

        long hour = Duration.ofHours(1).toNanos();
        assertThat(seen).containsExactly(0L, hour, 2 * hour, 2 * hour);
    }

    @Test
    void awaitSeesAConditionAtTheNextGlanceAndGivesUpAtTheDeadline() {
        SimulatedTimeline timeline = new SimulatedTimeline(1);
        timeline.run(() -> {
            AtomicReference<String> box = new AtomicReference<>("");
            timeline.fork("later", () -> {
                timeline.sleep(Duration.ofMillis(12));
                box.set("full");
                return null;
            });

            assertThat(timeline.await(
                            () -> box.get().equals("full"),
                            Duration.ofSeconds(1).toNanos()))
                    .isTrue();
            assertThat(timeline.now()).isEqualTo(Duration.ofMillis(15).toNanos());
            assertThat(timeline.await(() -> false, Duration.ofMillis(17).toNanos()))
                    .isFalse();
            assertThat(timeline.now()).isEqualTo(Duration.ofMillis(17).toNanos());
            return null;
        });
    }

    @Test
    void aSignalEndsAWaitAtOnce() {
        SimulatedTimeline timeline = new SimulatedTimeline(1);
        timeline.run(() -> {
            Signal signal = new Signal();
            timeline.fork("later", () -> {
                timeline.sleep(Duration.ofNanos(77));
                signal.raise();
                return null;
            });
            assertThat(timeline.await(new Signal(), 50)).isFalse();
            assertThat(timeline.now()).isEqualTo(50);
            assertThat(timeline.await(signal, 1_000)).isTrue();
            assertThat(timeline.now()).isEqualTo(77);
            return null;
        });
    }

    @Test
    void interruptEndsPresentAndFutureWaitsButNotShieldedOnes() {
        SimulatedTimeline timeline = new SimulatedTimeline(1);
        timeline.run(() -> {
            List<String> log = new ArrayList<>();
            Timeline.Fork<Void> sleeping = timeline.fork("sleeping", () -> {
                try {
                    timeline.sleep(Duration.ofDays(1));
                } finally {
                    timeline.shielded(() -> {
                        Timeline.Fork<Boolean> helper =
                                timeline.fork("helper", () -> log.add("helped at " + slept(timeline)));
                        helper.join();
                    });
                }
                return null;
            });
            timeline.sleep(Duration.ofNanos(10));

            timeline.interrupt();

            assertThat(timeline.isInterrupted()).isTrue();
            assertThatThrownBy(sleeping::join).isInstanceOf(Timeline.Interruption.class);
            assertThatThrownBy(() -> timeline.sleepUntil(0)).isInstanceOf(Timeline.Interruption.class);
            assertThat(log).containsExactly("helped at 110");
            return null;
        });
    }

    private static long slept(Timeline timeline) {
        timeline.sleep(Duration.ofNanos(100));
        return timeline.now();
    }

    @Test
    void whatStillRunsWhenTheMainTaskEndsUnwinds() {
        SimulatedTimeline timeline = new SimulatedTimeline(1);
        List<String> ended = new ArrayList<>();

        String result = timeline.run(() -> {
            timeline.fork("endless", () -> {
                try {
                    while (true) {
                        timeline.sleep(Duration.ofSeconds(1));
                    }
                } finally {
                    ended.add("endless");
                }
            });
            timeline.sleep(Duration.ofSeconds(3));
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(ended).containsExactly("endless");
    }

    @Test
    void aDeadlockNamesWhoIsStuckAndWhere() {
        assertThatThrownBy(() -> new SimulatedTimeline(1).run(() -> {
                    new CountDownLatch(1).await();
                    return null;
                }))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("deadlock")
                .hasMessageContaining("'main' at " + getClass().getName());
    }

    @Test
    void timeThatStandsStillOrRunsAwayIsAnError() {
        SimulatedTimeline still = new SimulatedTimeline(1);
        assertThatThrownBy(() -> still.run(() -> {
                    while (true) {
                        still.sleepUntil(still.now());
                    }
                }))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("stands still");

        SimulatedTimeline away = new SimulatedTimeline(1, Duration.ofHours(1));
        assertThatThrownBy(() -> away.run(() -> {
                    away.await(() -> false, Long.MAX_VALUE);
                    return null;
                }))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("horizon of PT1H");
    }

    @Test
    void aThreadThatIsWokenFromOutsideIsAnError() {
        CountDownLatch latch = new CountDownLatch(1);
        AtomicReference<Thread> waiter = new AtomicReference<>();
        SimulatedTimeline timeline = new SimulatedTimeline(1);

        assertThatThrownBy(() -> timeline.run(() -> {
                    timeline.fork("outsider's victim", () -> {
                        waiter.set(Thread.currentThread());
                        latch.await();
                        return null;
                    });
                    timeline.sleep(Duration.ofSeconds(1));
                    Thread outside = Thread.ofPlatform().start(latch::countDown);
                    while (outside.isAlive()) {
                        Thread.onSpinWait();
                    }
                    timeline.sleep(Duration.ofSeconds(1));
                    return null;
                }))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void failuresComeOutAsTheyWere() {
        IllegalArgumentException failure = new IllegalArgumentException("no");
        assertThatThrownBy(() -> new SimulatedTimeline(1).run(() -> {
                    throw failure;
                }))
                .isSameAs(failure);

        SimulatedTimeline timeline = new SimulatedTimeline(1);
        timeline.run(() -> {
            Timeline.Fork<Object> fork = timeline.fork("failing", () -> {
                throw failure;
            });
            assertThatThrownBy(fork::join).isSameAs(failure);
            return null;
        });
    }

    @Test
    void onlyThreadsOfTheTimelineMayWaitThroughIt() {
        SimulatedTimeline timeline = new SimulatedTimeline(1);
        assertThatThrownBy(() -> timeline.sleep(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not of this timeline");
    }

    @Test
    void manyThreadsShareOneTime() {
        SimulatedTimeline timeline = new SimulatedTimeline(3);
        Set<Long> times = timeline.run(() -> {
            List<Timeline.Fork<Long>> forks = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                forks.add(timeline.fork("f", () -> {
                    timeline.sleep(Duration.ofMillis(5));
                    return timeline.now();
                }));
            }
            return forks.stream().map(Timeline.Fork::join).collect(Collectors.toSet());
        });
        assertThat(times).containsExactly(5_000_000L);
    }
}
