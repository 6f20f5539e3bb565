package dev.understudy.cli;

import dev.understudy.engine.Timetable;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.DeviationSpec.Target;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.DataSource;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The compiled timeline of a scenario as text. Only from the scenario: same scenario and seed, same bytes.
final class PlanText {
    private final Scenario scenario;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Scenario scenario) {
        this.scenario = scenario;
    }

    static String of(Scenario scenario) {
        PlanText plan = new PlanText(scenario);
        plan.lines.add(scenario.name() + ", seed " + scenario.seed() + ", "
                + scenario.place().file());
        plan.live();
        plan.shadow();
        plan.stages();
        plan.changes();
        plan.deviations();
        plan.rules();
        plan.rollback();
        return String.join("\n", plan.lines) + "\n";
    }

    private void live() {
        section("live is touched in these ways only");
        Optional<Bundle> bundle = scenario.live().bundle();
        row(
                "read",
                bundle.map(taken -> "not touched: the bundle in " + taken.directory() + " stands in for it, taken "
                                + taken.taken() + ", good until " + taken.expires())
                        .orElseGet(() -> "processes, environment and files of " + names(service -> true)));
        switch (scenario.traffic().from()) {
            case Traffic.Source.Mirror mirror ->
                row(
                        "mirror",
                        "subscribes to live's own mirror of " + mirror.service() + ", "
                                + percent(scenario.traffic().sample()) + " of the sessions");
            case Traffic.Source.Capture capture -> row("mirror", "not touched: recorded requests of " + capture.file());
            case Traffic.Source.Synthetic synthetic ->
                row(
                        "mirror",
                        String.format(
                                Locale.ROOT,
                                "not touched: made-up users of %s, %.3g requests/s",
                                synthetic.mix(),
                                synthetic.perSecond()));
        }
        List<String> frozen = new ArrayList<>();
        new TreeMap<>(scenario.shadow().data()).forEach((name, source) -> {
            if (source instanceof DataSource.Snapshot && bundle.isEmpty()) {
                boolean isDatabase =
                        scenario.topology().service(name).database().isPresent();
                frozen.add(name
                        + (isDatabase
                                ? " by an online backup, no pause"
                                : " in a pause of at most "
                                        + scenario.shadow()
                                                .maxPause()
                                                .map(PlanText::time)
                                                .orElse("0s")));
            }
        });
        row("freeze", frozen.isEmpty() ? "nothing" : String.join("; ", frozen));
        if (scenario.live().start()) {
            row("start", "what doesn't run yet is started as live, and only that is stopped again");
        }
    }

    private void shadow() {
        section("each of two arms");
        row("runs", names(service -> scenario.shadow().mode(service.name()) == ServiceMode.RUN));
        for (ServiceMode mode : List.of(ServiceMode.OFF, ServiceMode.OMIT)) {
            String named = names(service -> scenario.shadow().mode(service.name()) == mode);
            if (!named.isEmpty()) {
                row(mode == ServiceMode.OFF ? "refuses" : "lacks", named);
            }
        }
        new TreeMap<>(scenario.shadow().data()).forEach((name, source) -> row("data", name + ": " + data(source)));
        scenario.shadow().masks().forEach(mask -> row("masked", mask.canonical()));
        row("walls", scenario.shadow().isolation().name().toLowerCase(Locale.ROOT));
    }

    private String data(DataSource source) {
        return switch (source) {
            case DataSource.Snapshot _ -> scenario.live().bundle().isPresent() ? "the bundle's" : "a copy of live's";
            case DataSource.Empty _ -> "none";
            case DataSource.Restore restore -> "from " + restore.file();
            case DataSource.Command command -> "made by " + command.command().getFirst();
        };
    }

    private void stages() {
        section("stages of a trial, shortest to longest");
        for (Timetable.Stage stage : Timetable.of(scenario).stages()) {
            row(stage.name(), span(stage.shortest(), stage.longest()) + "  " + stage.what());
        }
    }

    private void changes() {
        section("change, in this order");
        for (Change change : scenario.changes()) {
            boolean isNull = change instanceof Change.ToVersion to
                    && to.version()
                            .equals(scenario.topology().service(to.service()).version());
            row(
                    change.service(),
                    change.label()
                            + (isNull ? ", re-deployed, same version" : "")
                            + replaced(change.how())
                            + migrating(change));
        }
    }

    private String migrating(Change change) {
        Service service = scenario.topology().service(change.service());
        return (change instanceof Change.ToVersion to
                        ? service.migrationOf(to.version())
                        : service.migrationOf(service.version()))
                .map(migration -> ", migrates " + migration.database() + " when it starts")
                .orElse("");
    }

    private void deviations() {
        if (scenario.deviations().isEmpty()) {
            return;
        }
        section("deviations, from the start of the watch");
        for (DeviationSpec spec : scenario.deviations()) {
            String until = spec.lasts()
                    .map(lasts -> time(spec.after().plus(lasts)))
                    .orElse(spec.until().name().toLowerCase(Locale.ROOT));
            String parameters = new TreeMap<>(spec.parameters())
                    .entrySet().stream()
                            .map(entry -> ", " + entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining());
            row(
                    spec.id(),
                    time(spec.after()) + " to " + until + "  " + spec.kind() + " of " + target(spec.target())
                            + parameters + ", on "
                            + (spec.on() == DeviationSpec.Scope.ALL ? "both arms" : "the candidate"));
        }
    }

    private static String target(Target target) {
        return switch (target) {
            case Target.OnLink(var link) -> link.toString();
            case Target.OnService(String service) -> service;
            case Target.OnRule(String rule) -> "rule " + rule;
        };
    }

    private void rules() {
        section("stability");
        new WatchPlan(scenario, PlanText::time).tell(this::row);
    }

    private void rollback() {
        section("rollback, " + scenario.rollback().order().name().toLowerCase(Locale.ROOT) + ", recovery within "
                + time(scenario.rollback().budget().recovery()));
        for (Timetable.Wave wave : Timetable.waves(scenario)) {
            Step step = wave.step();
            row(
                    "wave " + wave.number(),
                    step.id() + ": " + deed(step)
                            + (step.needs().isEmpty() ? "" : ", needs " + String.join(", ", step.needs()))
                            + conduct(step)
                            + ", at most " + time(step.timeout()));
        }
    }

    /// What has to hold, how often it is tried, what it shares.
    private static String conduct(Step step) {
        Step.Retry retry = step.common().retry();
        String given = step.common().given().stream()
                .map(condition -> ", given that " + awaited(condition))
                .collect(Collectors.joining());
        return given
                + (retry.attempts() > 1
                        ? ", " + retry.attempts() + " attempts from " + time(retry.backoff()) + " apart"
                        : "")
                + (step.common().uses().isEmpty()
                        ? ""
                        : ", uses " + String.join(", ", step.common().uses()));
    }

    /// Of a program only its name: its arguments may hold secrets.
    private static String deed(Step step) {
        return step.verb() + " "
                + switch (step) {
                    case Step.Http http -> http.service() + http.path();
                    case Step.Revert revert -> revert.service() + replaced(revert.how());
                    case Step.RestoreData restore -> restore.service();
                    case Step.Sql sql -> sql.file() + " on " + sql.service();
                    case Step.Command command -> command.command().getFirst();
                    case Step.WaitUntil wait -> awaited(wait.condition());
                    case Step.Manual manual -> manual.task() + " (a person, " + time(manual.takes()) + ")";
                };
    }

    private static String replaced(Replacement how) {
        return how.label().isEmpty() ? "" : ", " + how.label();
    }

    private static String awaited(Step.Condition condition) {
        return switch (condition) {
            case Step.Condition.Healthy healthy -> healthy.service() + " is healthy";
            case Step.Condition.Answers answers -> answers.service() + answers.path() + " answers " + answers.status();
            case Step.Condition.Query query -> "a query on " + query.service() + " returns " + query.equal();
        };
    }

    private String names(java.util.function.Predicate<Service> which) {
        return scenario.topology().services().values().stream()
                .filter(which)
                .map(Service::name)
                .collect(Collectors.joining(", "));
    }

    private void section(String title) {
        lines.add("");
        lines.add(title);
    }

    private void row(String label, String text) {
        lines.add(String.format("  %-10s %s", label, text));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }

    private static String span(Duration shortest, Duration longest) {
        return shortest.equals(longest)
                ? String.format("%-13s", longest.isZero() ? "" : time(longest))
                : String.format("%-13s", time(shortest) + " to " + time(longest));
    }

    static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.toMillis() % 1000 != 0 && seconds < 120) {
            return duration.toMillis() + "ms";
        }
        boolean inMinutes = seconds >= 120;
        return inMinutes ? seconds / 60 + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s") : seconds + "s";
    }
}
