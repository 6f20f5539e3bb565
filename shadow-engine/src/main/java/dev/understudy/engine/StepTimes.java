package dev.understudy.engine;

import java.util.Map;
import java.util.TreeMap;

/// How long each step of one rollback took. Thread-safe.
final class StepTimes {
    private final long began;
    private final Map<String, Long> times = new TreeMap<>();
    private long ended;
    private boolean allSucceeded;

    StepTimes(long began) {
        this.began = began;
    }

    synchronized void took(String step, long nanos) {
        times.put(step, nanos);
    }

    synchronized void finish(long at, boolean all) {
        ended = at;
        allSucceeded = all;
    }

    long began() {
        return began;
    }

    synchronized Map<String, Long> times() {
        return Map.copyOf(times);
    }

    synchronized long makespan() {
        return ended - began;
    }

    synchronized boolean allSucceeded() {
        return allSucceeded;
    }
}
