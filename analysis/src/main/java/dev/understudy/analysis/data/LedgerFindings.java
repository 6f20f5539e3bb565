package dev.understudy.analysis.data;

import dev.understudy.analysis.data.LedgerCheck.Kept;
import dev.understudy.journal.Event;
import dev.understudy.scenario.LedgerEntry;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/// What became of the promises of one ledger entry. Immutable.
///
/// @param keys how many were checked; those that nothing follows from are left out
/// @param lost keys whose value read is not the one acknowledged, the unreadable ones included
/// @param firstLostAt when the first acknowledgement that is broken was given; equal to `lastLostAt`
///     without a loss
public record LedgerFindings(
        String entry, long keys, long lost, long unreadable, long firstLostAt, long lastLostAt, List<String> examples) {
    private static final int MOST_EXAMPLES = 10;

    /// One judged promise.
    public record Judged(Promise promise, Kept kept) {}

    /// Counts. @param salt of the run, for the hashes of keys
    public static LedgerFindings of(LedgerEntry entry, List<Judged> judged, String salt) {
        List<Judged> checked =
                judged.stream().filter(each -> each.kept() != Kept.UNCHECKED).toList();
        List<Judged> broken =
                checked.stream().filter(each -> each.kept() != Kept.KEPT).toList();
        LongSummaryStatistics dates = broken.stream()
                .mapToLong(each -> each.promise().acknowledgedAt())
                .summaryStatistics();
        return new LedgerFindings(
                name(entry),
                checked.size(),
                broken.size(),
                broken.stream().filter(each -> each.kept() == Kept.UNREADABLE).count(),
                broken.isEmpty() ? 0 : dates.getMin(),
                broken.isEmpty() ? 0 : dates.getMax(),
                broken.stream()
                        .limit(MOST_EXAMPLES)
                        .map(each -> (each.kept() == Kept.LOST ? "lost" : "unreadable") + ": #"
                                + KeyHash.of(salt, each.promise().key()))
                        .toList());
    }

    /// How events name an entry.
    public static String name(LedgerEntry entry) {
        return entry.write().toString();
    }

    /// As the event of a trial.
    public Event.LedgerRead event(int trial) {
        return new Event.LedgerRead(trial, entry, keys, lost, unreadable, lastLostAt - firstLostAt, examples);
    }

    /// The dates of what was lost, as an event of a trial; empty without a loss.
    public Optional<Event.LossDated> dates(int trial) {
        return lost == 0 ? Optional.empty() : Optional.of(new Event.LossDated(trial, entry, firstLostAt, lastLostAt));
    }
}
