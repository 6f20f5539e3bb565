package dev.understudy.analysis.data;

import java.util.List;
import java.util.stream.Stream;

/// Every exchange that the arms got in one trial, reads too, in the order in which they were meant to
/// begin. Immutable.
public record WriteHistory(List<PairedExchange> exchanges) {
    public WriteHistory {
        exchanges = List.copyOf(exchanges);
    }

    /// The exchanges that were meant to change something.
    public Stream<PairedExchange> writes() {
        return exchanges.stream().filter(PairedExchange::write);
    }
}
