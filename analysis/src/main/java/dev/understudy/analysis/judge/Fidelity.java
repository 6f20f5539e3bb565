package dev.understudy.analysis.judge;

import dev.understudy.analysis.FoldedRoutes;
import dev.understudy.analysis.RunSummary.RouteFidelity;
import dev.understudy.analysis.rules.Values;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Whether the control, which runs what live runs, answers like live: per route, by status class, over the
/// baseline. Every route is taken to be one of a changed service: what a request of the entry touches
/// further in is measured in the sum only. Immutable.
final class Fidelity {
    static final double ENOUGH = 0.95;
    /// Fewer exchanges of a route say nothing of it; they are judged together with other rare routes.
    static final int FEWEST = 5;

    private static final String RARE = "(routes with fewer than " + FEWEST + " exchanges)";

    private final Scenario scenario;
    private final List<RouteFidelity> routes;
    private final Map<String, Long> unknown = new TreeMap<>();
    private final long known;

    Fidelity(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        Map<String, List<ExchangeRecord>> baseline = new TreeMap<>();
        long from = trial.stageBegan("baseline").orElse(Long.MAX_VALUE);
        long to = trial.stageEnded("baseline").orElse(Long.MAX_VALUE);
        Map<String, Long> counts = trial.exchanges().stream()
                .filter(ExchangeRecord::control)
                .collect(Collectors.groupingBy(ExchangeRecord::route, Collectors.counting()));
        // a route that can be judged alone is: others must not outweigh what is wrong with it
        counts.values().removeIf(count -> count >= FEWEST);
        FoldedRoutes folded = new FoldedRoutes(counts.keySet());
        UnaryOperator<String> names = route -> counts.containsKey(route) ? folded.of(route) : route;
        trial.exchanges().stream()
                .filter(exchange -> exchange.control() && !exchange.isProbe() && exchange.sent() > 0)
                .filter(exchange -> exchange.intended() >= from && exchange.ended() <= to)
                .forEach(exchange -> {
                    String route = names.apply(exchange.route());
                    if (exchange.liveStatus() > 0) {
                        baseline.computeIfAbsent(route, _ -> new ArrayList<>()).add(exchange);
                    } else {
                        unknown.merge(route, 1L, Long::sum);
                    }
                });
        unknown.keySet()
                .removeIf(route -> baseline.getOrDefault(route, List.of()).size() >= FEWEST);
        known = baseline.values().stream().mapToLong(List::size).sum();
        routes = readings(baseline, names, trial);
    }

    private static List<RouteFidelity> readings(
            Map<String, List<ExchangeRecord>> baseline, UnaryOperator<String> names, TrialRecord trial) {
        List<RouteFidelity> routes = new ArrayList<>();
        List<ExchangeRecord> rare = new ArrayList<>();
        long watch = trial.watchBegan().orElse(Long.MAX_VALUE);
        long rollback = trial.rollbackBegan().orElse(Long.MAX_VALUE);
        var covered = trial.sentBetween(watch, rollback).stream()
                .map(pair -> names.apply(pair.control().route()))
                .collect(Collectors.toSet());
        baseline.forEach((route, exchanges) -> {
            routes.add(reading(route, exchanges, covered.contains(route)));
            if (exchanges.size() < FEWEST) {
                rare.addAll(exchanges);
            }
        });
        if (rare.size() >= FEWEST) {
            routes.add(reading(RARE, rare, true));
        }
        return List.copyOf(routes);
    }

    private static RouteFidelity reading(String route, List<ExchangeRecord> exchanges, boolean covered) {
        Map<String, Long> odds = new TreeMap<>();
        long agreeing = 0;
        for (ExchangeRecord exchange : exchanges) {
            if (exchange.status() / 100 == exchange.liveStatus() / 100) {
                agreeing++;
            } else {
                odds.merge("live " + exchange.liveStatus() + ", control " + answer(exchange), 1L, Long::sum);
            }
        }
        String disagreements = odds.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + " of " + exchanges.size())
                .collect(Collectors.joining("; "));
        return new RouteFidelity(
                route, true, exchanges.size(), (double) agreeing / exchanges.size(), disagreements, covered);
    }

    private static String answer(ExchangeRecord exchange) {
        return exchange.status() == 0
                ? exchange.outcome().name().toLowerCase(Locale.ROOT)
                : Integer.toString(exchange.status());
    }

    List<RouteFidelity> routes() {
        return routes;
    }

    /// Whether there was anything to compare with.
    private boolean isKnown() {
        return known > 0;
    }

    /// Why it is not known whether the shadow is faithful: live's answers are not on record at all, or not, or
    /// too few of them, of routes with traffic. A recording may leave out what live answered. What was found
    /// there is then no reason for a GO.
    Optional<Reason> unknown() {
        if (!isKnown()) {
            return Optional.of(Reason.of(
                    "Whether the shadow is faithful is not known: no answer of live was there to compare with before"
                            + " the change." + remedy(),
                    "fidelity",
                    scenario.place()));
        }
        List<String> silent = unknown.entrySet().stream()
                .filter(route -> route.getValue() >= FEWEST)
                .map(route -> route.getKey() + " (" + route.getValue() + " exchanges)")
                .toList();
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(Reason.of(
                        "Whether the shadow is faithful on " + String.join(", ", silent)
                                + " is not known: what live answered there was not recorded." + remedy(),
                        "fidelity",
                        scenario.place()));
    }

    private String remedy() {
        return scenario.traffic().from() instanceof Traffic.Source.Capture(String file)
                ? " The lines of " + file + " may say it as \"status\"."
                : "";
    }

    /// Why the shadow can't be trusted: the worst route below 95 %.
    Optional<Reason> unfaithful() {
        return routes.stream()
                .filter(route -> route.exchanges() >= FEWEST && route.agreement() < ENOUGH)
                .min((one, other) -> Double.compare(one.agreement(), other.agreement()))
                .map(route -> Reason.of(
                        "The shadow is not faithful: on " + route.route() + " the control agreed with live in "
                                + Values.percent(route.agreement()) + " of " + route.exchanges()
                                + " exchanges before the change (" + route.disagreements() + ").",
                        "fidelity",
                        scenario.place(),
                        Values.percent(route.agreement()) + " of " + Values.percent(ENOUGH)));
    }

    /// What it leaves open, one line each.
    List<String> notChecked() {
        List<String> open = new ArrayList<>();
        if (scenario.traffic().from() instanceof Traffic.Source.Synthetic(double _, String mix)) {
            open.add("whether live answers as " + mix + " says it does: its requests are made up");
        }
        for (RouteFidelity route : routes) {
            if (!route.coveredAfterChange()) {
                open.add("route " + route.route() + ": no traffic reached it after the change");
            }
            if (route.exchanges() < FEWEST) {
                open.add("route " + route.route() + ": only " + route.exchanges()
                        + " exchanges before the change, too few to say whether the shadow is faithful");
            }
        }
        unknown.forEach((route, count) -> open.add("route " + route + ": what live answered to " + count
                + " exchanges before the change was not recorded, so whether the shadow is faithful is not known"));
        return open;
    }
}
