package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.Request;
import dev.understudy.scenario.Link;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A link of one copy of a world. Only for threads of its timeline.
final class SimulatedLink implements LinkHandle {
    private final Link link;
    private final SimulatedTimeline timeline;
    private final Map<String, Disturbance> disturbances = new TreeMap<>();
    private final Set<Flight> flights = new LinkedHashSet<>();
    private Signal changed = new Signal();
    private long toCallee;
    private long toCaller;

    SimulatedLink(Link link, SimulatedTimeline timeline) {
        this.link = link;
        this.timeline = timeline;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public void disturb(String id, Disturbance disturbance) {
        disturbances.put(id, disturbance);
        if (disturbance instanceof Disturbance.Refuse refuse && !refuse.keepExisting()) {
            List.copyOf(flights).forEach(flight -> flight.breakOff("link " + link + " was cut"));
        }
        sayChanged();
    }

    @Override
    public void calm(String id) {
        disturbances.remove(id);
        sayChanged();
    }

    @Override
    public Map<String, Disturbance> disturbances() {
        return Map.copyOf(disturbances);
    }

    void calmAll() {
        disturbances.clear();
        sayChanged();
    }

    boolean refuses() {
        return disturbances.values().stream().anyMatch(Disturbance.Refuse.class::isInstance);
    }

    /// Counts what would go over a wire but for headers.
    void passed(Request request, Answer answer) {
        toCallee += request.method().length() + request.target().length() + request.body().length;
        toCaller += answer instanceof Answer.Answered answered ? answered.body().length : 0;
    }

    Arm.LinkBytes bytes() {
        return new Arm.LinkBytes(link, toCallee, toCaller);
    }

    void enter(Flight flight) {
        flights.add(flight);
    }

    void leave(Flight flight) {
        flights.remove(flight);
    }

    /// Holds the caller for as long as the delays on the link say; less, if they are taken off meanwhile.
    /// Returns for how long, in nanoseconds.
    long hold() {
        if (disturbances.isEmpty()) {
            return 0;
        }
        long start = timeline.now();
        while (timeline.now() < start + delay()) {
            timeline.await(changed, start + delay());
        }
        return timeline.now() - start;
    }

    private long delay() {
        long sum = 0;
        for (Disturbance disturbance : disturbances.values()) {
            if (disturbance instanceof Disturbance.Delay delay) {
                sum += delay.by().toNanos();
            }
        }
        return sum;
    }

    private void sayChanged() {
        Signal before = changed;
        changed = new Signal();
        before.raise();
    }
}
