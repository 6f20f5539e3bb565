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
import java.util.TreeSet;

/// A link of one copy of a world. Only for threads of its timeline.
final class SimulatedLink implements LinkHandle {
    private final Link link;
    private final SimulatedTimeline timeline;
    private final Map<String, Disturbance> disturbances = new TreeMap<>();
    private final Set<Flight> flights = new LinkedHashSet<>();
    private Signal changed = new Signal();
    private final Map<String, Long> named = new TreeMap<>();
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
        named.remove(id);
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

    /// What becomes of a request: the ids of what holds it, and the status that the link answers it with, 0 for
    /// none.
    record Fate(Set<String> holds, int status) {}

    /// What becomes of the next request; the first status wins.
    Fate next(Request request) {
        Set<String> holds = new TreeSet<>();
        int status = 0;
        for (Map.Entry<String, Disturbance> each : disturbances.entrySet()) {
            switch (each.getValue()) {
                case Disturbance.Hold hold when picks(each.getKey(), hold.which(), request) -> holds.add(each.getKey());
                case Disturbance.Status answer
                when picks(each.getKey(), answer.which(), request) -> status = status == 0 ? answer.status() : status;
                default -> {}
            }
        }
        return new Fate(holds, status);
    }

    private boolean picks(String id, Requests which, Request request) {
        return which.name(request.method(), request.target()) && which.pick(named.merge(id, 1L, Long::sum));
    }

    /// Holds the caller for as long as the delays on the link say; less, if they are taken off meanwhile.
    /// Returns for how long, in nanoseconds.
    long hold() {
        return hold(Set.of());
    }

    /// The same for a request that `holds` act on besides.
    long hold(Set<String> holds) {
        if (disturbances.isEmpty()) {
            return 0;
        }
        long start = timeline.now();
        while (timeline.now() < start + delay(holds)) {
            timeline.await(changed, start + delay(holds));
        }
        return timeline.now() - start;
    }

    private long delay(Set<String> holds) {
        long sum = 0;
        for (Map.Entry<String, Disturbance> each : disturbances.entrySet()) {
            if (each.getValue() instanceof Disturbance.Delay delay) {
                sum += delay.by().toNanos();
            } else if (each.getValue() instanceof Disturbance.Hold hold && holds.contains(each.getKey())) {
                sum += hold.by().toNanos();
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
