package dev.understudy.analysis.judge;

import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.ExchangeRecord.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One mirrored exchange as both arms saw it.
record ExchangePair(ExchangeRecord control, ExchangeRecord candidate) {

    /// The pairs among records, in the order in which they were to begin; what only one arm has is left
    /// out.
    static List<ExchangePair> of(List<ExchangeRecord> records) {
        Map<Long, ExchangeRecord> candidates = new TreeMap<>();
        records.stream()
                .filter(record -> !record.control() && !record.isProbe())
                .forEach(record -> candidates.put(record.exchange(), record));
        return records.stream()
                .filter(record -> record.control() && !record.isProbe())
                .filter(record -> candidates.containsKey(record.exchange()))
                .map(record ->
                        new ExchangePair(record, java.util.Objects.requireNonNull(candidates.get(record.exchange()))))
                .sorted(Comparator.comparingLong(ExchangePair::intended)
                        .thenComparingLong(pair -> pair.control().exchange()))
                .toList();
    }

    long intended() {
        return control.intended();
    }

    /// Whether both arms were really sent it.
    boolean wasSent() {
        return control.sent() > 0 && candidate.sent() > 0;
    }

    boolean isIn(long from, long to) {
        return intended() >= from && intended() < to;
    }

    /// Whether the arms said different things about it.
    boolean isAtOdds() {
        return control.outcome() != candidate.outcome();
    }

    /// Whether the control took it and the candidate said no.
    boolean isTurnedAway() {
        return control.outcome() == Outcome.ACKNOWLEDGED && candidate.outcome() == Outcome.REFUSED;
    }
}
