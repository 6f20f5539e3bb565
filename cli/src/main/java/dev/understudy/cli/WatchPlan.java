package dev.understudy.cli;

import dev.understudy.scenario.Bound;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Metric;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What will be watched, and what starts the rollback, in words.
final class WatchPlan {
    private final Scenario scenario;
    private final Function<Duration, String> time;

    /// @param time how durations are written
    WatchPlan(Scenario scenario, Function<Duration, String> time) {
        this.scenario = scenario;
        this.time = time;
    }

    /// Row after row: a name and a sentence.
    void tell(BiConsumer<String, String> row) {
        scenario.stability().forEach(rule -> row.accept(rule.id(), rule(rule)));
        scenario.monitoring()
                .scrapes()
                .forEach(scrape -> row.accept(
                        "scrape",
                        scrape.service() + scrape.path() + " in both arms every " + time.apply(scrape.every())));
        scenario.monitoring().alerts().ifPresent(alerting -> {
            int rules = alerting.rules().groups().stream()
                    .mapToInt(group -> group.rules().size())
                    .sum();
            row.accept(
                    "alerts",
                    rules + " of your own rules in " + String.join(", ", alerting.files()) + ", evaluated every "
                            + time.apply(alerting.every()) + " where a group names no interval");
        });
        row.accept("breach", trigger(scenario.breach().trigger()));
        row.accept(
                "drill",
                "without a breach within " + time.apply(scenario.breach().within()));
    }

    private String rule(StabilityRule rule) {
        String limit = (rule.bound().side() == Bound.Side.MAX ? " at most " : " at least ")
                + rule.bound().text();
        String window = rule.sampling()
                .count()
                .map(count -> ", broken by " + count.broken() + " of " + count.samples() + " samples")
                .orElse(" over " + time.apply(rule.lasting()));
        boolean isAsked = rule.metric() instanceof Metric.Sampled || rule.metric() instanceof Metric.Use;
        return rule.metric() + " of " + rule.target() + limit + window
                + (isAsked ? ", every " + time.apply(rule.sampling().every()) : "")
                + (rule.sampling().noData() == StabilityRule.NoData.BREACH ? ", broken without data" : "");
    }

    private static String trigger(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Any _ -> "any rule";
            case Trigger.AtLeast(int rules) -> rules + " rules at the same time";
            case Trigger.Rule(String id) -> id;
            case Trigger.Code code -> code.count() + " answers " + code.shown() + " of the entry";
            case Trigger.Of of -> {
                String parts = of.parts().stream().map(WatchPlan::trigger).collect(Collectors.joining(", ", "(", ")"));
                yield (of.wanted() == of.parts().size() ? "all" : of.wanted() == 1 ? "any" : of.wanted()) + " of "
                        + parts;
            }
        };
    }
}
