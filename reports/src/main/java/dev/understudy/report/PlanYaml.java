package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.words.Words;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Step.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The better order as the `rollback:` part of a scenario, ready to paste, with the evidence it rests on. Pure.
public final class PlanYaml {
    private PlanYaml() {}

    /// The procedure in the order that was kept. @throws IllegalArgumentException if the run has no plan
    public static String render(RollbackProcedure procedure, RunSummary run) {
        RunSummary.PlanReading plan = run.plan()
                .orElseThrow(() ->
                        new IllegalArgumentException("run " + run.identity().runId() + " has no plan"));
        StringBuilder yaml = new StringBuilder();
        evidence(run, plan).forEach(line -> yaml.append("# ").append(line).append('\n'));
        yaml.append("rollback:\n");
        yaml.append("  budget: ").append(budget(procedure.budget())).append('\n');
        yaml.append("  order: ready\n  steps:\n");
        for (Step step : procedure.steps()) {
            yaml.append("    - ").append(step(step, plan.waitsFor())).append('\n');
        }
        return yaml.toString();
    }

    private static List<String> evidence(RunSummary run, RunSummary.PlanReading plan) {
        return List.of(
                "Measured in " + run.identity().runId() + ": " + plan.pairs().size() + " alternating pairs, median "
                        + Words.duration(plan.medianGainNanos()) + " shorter; the present order's own runs differ by "
                        + Words.duration(plan.spreadNanos()) + ".",
                "Load: " + String.format(Locale.ROOT, "%.0f", run.traffic().perSecond()) + " requests/s an arm; data: "
                        + compared(run) + " rows compared. Other load or size: measure again.");
    }

    private static long compared(RunSummary run) {
        return run.data().stream().mapToLong(RunSummary.DataReading::compared).sum();
    }

    private static String budget(RollbackProcedure.Budget budget) {
        List<String> parts = new ArrayList<>(List.of("recovery: " + millis(budget.recovery())));
        budget.downtime().ifPresent(downtime -> parts.add("downtime: " + millis(downtime)));
        budget.lostWrites().ifPresent(lost -> parts.add("lostWrites: " + lost));
        return flow(parts);
    }

    private static String step(Step step, Map<String, List<String>> waitsFor) {
        List<String> parts = new ArrayList<>(List.of("id: " + text(step.id()), action(step)));
        List<String> needs = Objects.requireNonNullElse(waitsFor.get(step.id()), step.needs());
        if (!needs.isEmpty()) {
            parts.add("needs: ["
                    + String.join(", ", needs.stream().map(PlanYaml::text).toList()) + "]");
        }
        parts.add("timeout: " + millis(step.timeout()));
        if (step.common().irreversible()) {
            parts.add("irreversible: true");
        }
        return flow(parts);
    }

    private static String action(Step step) {
        return switch (step) {
            case Step.Http http ->
                "http: {" + http.method().toLowerCase(Locale.ROOT) + ": " + text(http.service() + http.path())
                        + http.status().map(status -> ", status: " + status).orElse("") + "}";
            case Step.Revert revert -> "revert: " + text(revert.service());
            case Step.Sql sql -> "sql: {service: " + text(sql.service()) + ", file: " + text(sql.file()) + "}";
            case Step.Command command -> "command: " + command(command);
            case Step.WaitUntil wait -> "waitUntil: " + condition(wait.condition());
        };
    }

    private static String command(Step.Command command) {
        String run = "["
                + String.join(
                        ", ", command.command().stream().map(PlanYaml::text).toList()) + "]";
        if (command.environment().isEmpty()) {
            return run;
        }
        List<String> variables = new ArrayList<>();
        new TreeMap<>(command.environment())
                .forEach((name, value) -> variables.add(text(name) + ": " + text(value.text())));
        return "{run: " + run + ", environment: {" + String.join(", ", variables) + "}}";
    }

    private static String condition(Condition condition) {
        return switch (condition) {
            case Condition.Healthy healthy -> "{healthy: " + text(healthy.service()) + "}";
            case Condition.Answers answers ->
                "{get: " + text(answers.service() + answers.path()) + ", status: " + answers.status() + "}";
            case Condition.Query query ->
                "{sql: {service: " + text(query.service()) + ", query: " + text(query.sql()) + ", equals: "
                        + text(query.equal()) + "}}";
        };
    }

    private static String flow(List<String> parts) {
        return "{" + String.join(", ", parts) + "}";
    }

    private static String millis(java.time.Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    /// A YAML scalar: plain where nothing can be mistaken, else double-quoted.
    private static String text(String value) {
        if (value.matches("[A-Za-z_][A-Za-z0-9_./-]*") && !value.matches("(?i)true|false|yes|no|on|off|null")) {
            return value;
        }
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t") + "\"";
    }
}
