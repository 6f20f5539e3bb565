package dev.understudy.analysis.data;

import java.util.HashSet;
import java.util.Set;

/// How many of the writes that were sent to both arms could be compared. Not comparable is a write whose
/// outcome is unknown in an arm, and every later one of its session, because what it was built on may
/// differ.
public record WriteCoverage(long writes, long compared) {

    /// Counts over a history in the order of its exchanges.
    public static WriteCoverage of(WriteHistory history) {
        Set<String> tainted = new HashSet<>();
        long writes = 0;
        long compared = 0;
        for (PairedExchange exchange : history.exchanges()) {
            boolean isKnown =
                    exchange.control().isKnown() && exchange.candidate().isKnown();
            if (exchange.write()
                    && exchange.control().sentAt() > 0
                    && exchange.candidate().sentAt() > 0) {
                writes++;
                compared += isKnown && !tainted.contains(exchange.session()) ? 1 : 0;
            }
            if (!isKnown) {
                tainted.add(exchange.session());
            }
        }
        return new WriteCoverage(writes, compared);
    }

    /// The share that could be compared; 1 without writes.
    public double share() {
        return writes == 0 ? 1 : (double) compared / writes;
    }
}
