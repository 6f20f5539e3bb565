package dev.understudy.analysis.data;

import dev.understudy.journal.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How the data of one service differs between the arms. Counts are rows; `examples` name table, columns
/// and hashed key only; `noise` is how many of the unattributed ones the arms had by themselves. Immutable.
///
/// @param firstLostAt when the first acknowledgement that is broken was given; empty without a loss
public record DataFindings(
        String service,
        long compared,
        long lost,
        long unserved,
        long expected,
        long contended,
        long unattributed,
        long noise,
        List<String> structure,
        List<String> examples,
        List<String> notChecked,
        OptionalLong firstLostAt,
        OptionalLong lastLostAt) {

    /// As the event of a trial.
    public Event.DataCompared event(int trial) {
        return new Event.DataCompared(
                trial,
                service,
                compared,
                lost,
                unserved,
                expected,
                contended,
                unattributed,
                noise,
                structure,
                examples,
                notChecked);
    }

    /// The dates of what was lost, as an event of a trial; empty without a loss.
    public Optional<Event.LossDated> dates(int trial) {
        return firstLostAt.isPresent() && lastLostAt.isPresent()
                ? Optional.of(new Event.LossDated(trial, service, firstLostAt.getAsLong(), lastLostAt.getAsLong()))
                : Optional.empty();
    }
}
