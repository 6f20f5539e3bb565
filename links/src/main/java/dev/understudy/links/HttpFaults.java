package dev.understudy.links;

import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.LinkHandle.Requests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What disturbs single requests of one HTTP link, and how many each disturbance has seen. Only for the loop's
/// thread.
final class HttpFaults {
    private final Map<String, Counted> faults = new LinkedHashMap<>();

    private static final class Counted {
        private final Disturbance disturbance;
        private long named;

        private Counted(Disturbance disturbance) {
            this.disturbance = disturbance;
        }

        private boolean picks(Requests which, String method, String target) {
            return which.name(method, target) && which.pick(++named);
        }
    }

    /// What becomes of a request: the ids of what holds it, and the status that the link answers it with, 0 for
    /// none.
    record Fate(Set<String> holds, int status) {
        /// Passed on as it is.
        static final Fate NONE = new Fate(Set.of(), 0);
    }

    void put(String id, Disturbance disturbance) {
        if (disturbance instanceof Disturbance.Hold || disturbance instanceof Disturbance.Status) {
            faults.put(id, new Counted(disturbance));
        } else {
            faults.remove(id);
        }
    }

    void remove(String id) {
        faults.remove(id);
    }

    /// Whether a request has to wait until it is known which it is.
    boolean areOn() {
        return !faults.isEmpty();
    }

    /// What becomes of the next request; the first status wins.
    Fate next(String method, String target) {
        if (faults.isEmpty()) {
            return Fate.NONE;
        }
        Set<String> holds = new TreeSet<>();
        int status = 0;
        for (Map.Entry<String, Counted> fault : faults.entrySet()) {
            Counted counted = fault.getValue();
            switch (counted.disturbance) {
                case Disturbance.Hold hold
                when counted.picks(hold.which(), method, target) -> holds.add(fault.getKey());
                case Disturbance.Status answer
                when counted.picks(answer.which(), method, target) -> status = status == 0 ? answer.status() : status;
                default -> {}
            }
        }
        return new Fate(holds, status);
    }

    /// For how long these hold a request by now, in nanoseconds; those that were taken off don't any more.
    long held(Set<String> holds) {
        long sum = 0;
        for (String id : holds) {
            Counted counted = faults.get(id);
            if (counted != null && counted.disturbance instanceof Disturbance.Hold hold) {
                sum += hold.by().toNanos();
            }
        }
        return sum;
    }
}
