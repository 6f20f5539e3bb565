package dev.understudy.analysis.judge;

import dev.understudy.analysis.data.LedgerFindings;
import dev.understudy.journal.Event;
import dev.understudy.scenario.LedgerEntry;
import dev.understudy.scenario.Scenario;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// How much of what was acknowledged is gone. The ledger and the data often tell of the same rows: what
/// counts is the larger number, and of entries that read the same the one with more.
///
/// @param rows empty if neither data nor ledger was read
/// @param unreadable keys that the old version can't read
/// @param where the service or ledger entry that tells of most
record Loss(OptionalLong rows, long unreadable, long spanNanos, Optional<String> where) {

    static Loss of(Scenario scenario, TrialRecord trial) {
        Map<String, Long> byRead = new TreeMap<>();
        long unreadable = 0;
        String worst = "";
        long most = 0;
        boolean known = false;
        for (Event.LedgerRead read : trial.events(Event.LedgerRead.class).toList()) {
            known = true;
            unreadable = Math.max(unreadable, read.unreadable());
            byRead.merge(readOf(scenario, read.entry()), read.lost(), Math::max);
            if (read.lost() > most) {
                most = read.lost();
                worst = read.entry();
            }
        }
        long inData = 0;
        for (Event.DataCompared data : trial.events(Event.DataCompared.class).toList()) {
            known = true;
            inData += data.lost();
            if (data.lost() > most) {
                most = data.lost();
                worst = data.service();
            }
        }
        long inLedger = byRead.values().stream().mapToLong(Long::longValue).sum();
        return new Loss(
                known ? OptionalLong.of(Math.max(inLedger, inData)) : OptionalLong.empty(),
                unreadable,
                span(trial),
                worst.isEmpty() ? Optional.empty() : Optional.of(worst));
    }

    private static String readOf(Scenario scenario, String entry) {
        return scenario.ledger().stream()
                .filter(each -> LedgerFindings.name(each).equals(entry))
                .map(LedgerEntry::read)
                .map(LedgerEntry.Route::toString)
                .findFirst()
                .orElse(entry);
    }

    private static long span(TrialRecord trial) {
        LongSummaryStatistics first = trial.events(Event.LossDated.class)
                .mapToLong(Event.LossDated::firstAcknowledged)
                .summaryStatistics();
        LongSummaryStatistics last = trial.events(Event.LossDated.class)
                .mapToLong(Event.LossDated::lastAcknowledged)
                .summaryStatistics();
        long read = trial.events(Event.LedgerRead.class)
                .mapToLong(Event.LedgerRead::lostSpanNanos)
                .max()
                .orElse(0);
        return first.getCount() == 0 ? read : last.getMax() - first.getMin();
    }

    long count() {
        return rows.orElse(0);
    }
}
