package dev.understudy.analysis.judge;

import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Traffic;
import java.util.List;
import java.util.Optional;

/// The least traffic that a GO needs.
final class Floor {
    private Floor() {}

    /// Why there was too little.
    static Optional<Reason> below(Scenario scenario, List<ExchangePair> sent, String when) {
        Traffic.Floor floor = scenario.traffic().floor();
        long writes = sent.stream().filter(pair -> pair.control().write()).count();
        if (sent.size() >= floor.exchanges() && writes >= floor.writes()) {
            return Optional.empty();
        }
        boolean isExchanges = sent.size() < floor.exchanges();
        String measure = isExchanges
                ? sent.size() + " of " + floor.exchanges() + " exchanges"
                : writes + " of " + floor.writes() + " writes";
        return Optional.of(
                Reason.of("Too little traffic " + when + ": " + measure + ".", "floor", scenario.place(), measure));
    }
}
