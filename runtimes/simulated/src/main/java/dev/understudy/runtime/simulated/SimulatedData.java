package dev.understudy.runtime.simulated;

import java.util.LinkedHashMap;
import java.util.Map;

/// Everything the stores of one copy of a world hold: tables by service, and the numbers that sequences have
/// reached. Mutable; only for threads of one timeline.
final class SimulatedData {
    private final Map<String, Tables> stores = new LinkedHashMap<>();
    private final Map<String, Long> sequences = new LinkedHashMap<>();

    /// What the stores of a world hold at first.
    static SimulatedData initial(SimulatedWorld world) {
        SimulatedData data = new SimulatedData();
        for (ServiceModel service : world.services()) {
            service.contents().ifPresent(contents -> data.put(service.name(), contents.get()));
        }
        return data;
    }

    Tables tables(String service) {
        Tables found = stores.get(service);
        if (found == null) {
            throw new IllegalArgumentException("service '" + service + "' keeps no data");
        }
        return found;
    }

    void put(String service, Tables tables) {
        stores.put(service, tables);
    }

    long next(String sequence, int step) {
        return sequences.merge(sequence, (long) step, Long::sum);
    }

    void forgetEvery(int every) {
        stores.values().forEach(tables -> tables.forgetEvery(every));
    }

    SimulatedData copy() {
        SimulatedData copy = new SimulatedData();
        stores.forEach((service, tables) -> copy.stores.put(service, tables.copy()));
        copy.sequences.putAll(sequences);
        return copy;
    }

    Map<String, Long> bytes() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        stores.forEach((service, tables) -> bytes.put(service, tables.bytes()));
        return bytes;
    }
}
