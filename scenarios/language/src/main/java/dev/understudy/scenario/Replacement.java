package dev.understudy.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// How the instances of a service are replaced by others.
///
/// @param order what comes first in each batch
/// @param batch how many are replaced at once, at least 1; empty for all
public record Replacement(Order order, OptionalInt batch) {
    /// Ends all, then starts all.
    public static final Replacement ALL_AT_ONCE = new Replacement(Order.STOP_FIRST, OptionalInt.empty());

    /// What comes first.
    public enum Order {
        /// The old ones are ended before the new ones are started.
        STOP_FIRST,
        /// The new ones are healthy before the old ones are ended.
        START_FIRST
    }

    /// Whether the new ones are healthy before the old ones are ended.
    public boolean isStartFirst() {
        return order == Order.START_FIRST;
    }

    /// The indexes of `instances` instances, from 0, in the batches in which they are replaced.
    public List<List<Integer>> batches(int instances) {
        int size = Math.min(batch.orElse(instances), instances);
        List<List<Integer>> batches = new ArrayList<>();
        for (int first = 0; first < instances; first += size) {
            batches.add(IntStream.range(first, Math.min(first + size, instances))
                    .boxed()
                    .toList());
        }
        return List.copyOf(batches);
    }

    /// For people: `start-first, 1 at a time`; empty for [#ALL_AT_ONCE].
    public String label() {
        if (equals(ALL_AT_ONCE)) {
            return "";
        }
        String first = isStartFirst() ? "start-first" : "stop-first";
        return batch.isPresent() ? first + ", " + batch.getAsInt() + " at a time" : first;
    }
}
