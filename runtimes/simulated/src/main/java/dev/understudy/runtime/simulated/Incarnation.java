package dev.understudy.runtime.simulated;

import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Release;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One process of one instance, from its start to its end. Only for threads of its timeline.
final class Incarnation {
    final String service;
    final int index;
    final Release release;
    final VersionModel version;
    final Signal settled = new Signal();
    final Map<String, Object> memory = new HashMap<>();
    long busyNanos;
    String lastWords = "";

    private final String digest;
    final String mark;
    private final Set<Flight> flights = new LinkedHashSet<>();
    private Phase phase = Phase.STARTING;
    private boolean paused;
    private Signal going = new Signal();

    private enum Phase {
        STARTING,
        UP,
        STOPPING,
        DOWN
    }

    Incarnation(String service, int index, Release release, VersionModel version, String digest, String mark) {
        this.service = service;
        this.index = index;
        this.release = release;
        this.version = version;
        this.digest = digest;
        this.mark = mark;
    }

    boolean isUp() {
        return phase == Phase.UP;
    }

    boolean isDown() {
        return phase == Phase.DOWN;
    }

    boolean isStarting() {
        return phase == Phase.STARTING;
    }

    boolean isPaused() {
        return paused;
    }

    /// Stands still until [#resume], or until its end.
    void pause() {
        if (!paused && !isDown()) {
            paused = true;
            going = new Signal();
        }
    }

    void resume() {
        paused = false;
        going.raise();
    }

    /// Returns when it doesn't stand still.
    void awaitGoing(SimulatedTimeline timeline) {
        while (paused) {
            timeline.await(going, Long.MAX_VALUE);
        }
    }

    void comeUp() {
        phase = Phase.UP;
        settled.raise();
    }

    void beginToStop() {
        phase = Phase.STOPPING;
    }

    /// It is gone: whatever it was serving is broken off.
    void end(String why) {
        phase = Phase.DOWN;
        lastWords = why;
        settled.raise();
        resume();
        List.copyOf(flights).forEach(flight -> flight.breakOff(service + "#" + index + " " + why));
        flights.clear();
    }

    void take(Flight flight) {
        flights.add(flight);
    }

    void letGo(Flight flight) {
        flights.remove(flight);
    }

    InstanceState state() {
        return new InstanceState(service, index, release, digest, mark, isUp() && !paused);
    }
}
