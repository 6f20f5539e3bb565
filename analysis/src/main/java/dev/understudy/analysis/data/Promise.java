package dev.understudy.analysis.data;

import dev.understudy.scenario.LedgerEntry;
import java.util.Optional;

/// What the candidate acknowledged last about one key of a ledger entry. Holds raw values; stays in memory.
///
/// @param key as the candidate calls it
/// @param controlKey as the control calls it; empty if the control did not acknowledge it
/// @param deleted whether the last acknowledgement was of a DELETE
/// @param certain whether no later write of unknown outcome may have changed it
/// @param candidate the exchange that was acknowledged last, as the candidate saw it
/// @param control the same as the control saw it
/// @param acknowledgedAt when, on the run's timeline
public record Promise(
        LedgerEntry entry,
        String key,
        Optional<String> controlKey,
        boolean deleted,
        boolean certain,
        ArmExchange candidate,
        ArmExchange control,
        long acknowledgedAt) {

    Promise uncertain() {
        return new Promise(entry, key, controlKey, deleted, false, candidate, control, acknowledgedAt);
    }
}
