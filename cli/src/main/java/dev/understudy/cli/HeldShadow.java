package dev.understudy.cli;

import java.util.List;
import java.util.Map;

/// A shadow that is held open, as it is written down in `shadow.json` for other commands to read.
///
/// @param id its run's id
/// @param scenario the scenario's name
/// @param file the scenario's file as it was named
/// @param since when it was asked for, ISO 8601
/// @param mirror whether the scenario's traffic goes to both arms
/// @param holder the process that holds it, told from all others: `pid@start`
/// @param state how it stands
/// @param arms for each arm, where its services are reached: `host:port`
/// @param left what could not be removed, one line each
record HeldShadow(
        String id,
        String scenario,
        String file,
        String since,
        boolean mirror,
        String holder,
        State state,
        Map<String, Map<String, String>> arms,
        List<String> left) {

    /// How it stands, as its holder sees it.
    enum State {
        STARTING,
        UP,
        /// Its holder has ended by itself: what it said is in its log.
        ENDED
    }

    HeldShadow heldBy(String process) {
        return new HeldShadow(id, scenario, file, since, mirror, process, state, arms, left);
    }

    HeldShadow up(Map<String, Map<String, String>> entrances) {
        return new HeldShadow(id, scenario, file, since, mirror, holder, State.UP, entrances, left);
    }

    HeldShadow ended(List<String> remains) {
        return new HeldShadow(id, scenario, file, since, mirror, holder, State.ENDED, Map.of(), remains);
    }
}
