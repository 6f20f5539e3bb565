package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.RollbackProcedure.AcceptedOneWay;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Step.Condition;
import dev.understudy.scenario.reading.YamlScalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The better order as the `rollback:` part of a scenario, ready to paste, with the evidence it rests on. Read
/// back, it is the procedure it was made from, but for the order and what each step waits for, and with secrets
/// and variables hidden as everywhere else. Pure.
public final class PlanYaml {
    private static final Duration SECONDS_WRITABLE = Duration.ofSeconds(999_999_999);

    private PlanYaml() {}

    /// The procedure in the order that was kept. @throws IllegalArgumentException if the run has no plan
    public static String render(RollbackProcedure procedure, RunSummary run) {
        RunSummary.PlanReading plan = run.plan()
                .orElseThrow(() ->
                        new IllegalArgumentException("run " + run.identity().runId() + " has no plan"));
        return render(procedure, plan.waitsFor(), PlanEvidence.lines(run, plan));
    }

    /// The procedure in another order, whatever that rests on.
    ///
    /// @param waitsFor for each step what it waits for; a step that is missing waits for what it needs
    /// @param evidence lines for people, written as comments
    public static String render(
            RollbackProcedure procedure, Map<String, List<String>> waitsFor, List<String> evidence) {
        StringBuilder yaml = new StringBuilder();
        evidence.forEach(line -> yaml.append(comment(line)));
        if (hides(procedure)) {
            yaml.append(comment("Instead of secrets and variables stands #…: take them from " + procedure.place()
                    + " before you use this."));
        }
        yaml.append("rollback:\n");
        yaml.append("  budget: ").append(budget(procedure.budget())).append('\n');
        yaml.append("  order: ready\n");
        if (!procedure.capacity().isEmpty()) {
            yaml.append("  capacity: ").append(capacity(procedure.capacity())).append('\n');
        }
        yaml.append("  steps:\n");
        for (Step step : procedure.steps()) {
            yaml.append("    - ").append(step(step, waitsFor)).append('\n');
        }
        procedure
                .accept()
                .ifPresent(accept ->
                        yaml.append("  accept: ").append(accept(accept)).append('\n'));
        return yaml.toString();
    }

    /// No text may end its comment and go on as something else.
    private static String comment(String line) {
        return "# " + line.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\ufeff]+", " ") + "\n";
    }

    private static boolean hides(RollbackProcedure procedure) {
        return procedure.steps().stream()
                .anyMatch(step -> !action(step, true).equals(action(step, false))
                        || !conduct(step.common(), true).equals(conduct(step.common(), false)));
    }

    private static String budget(RollbackProcedure.Budget budget) {
        List<String> parts = new ArrayList<>(List.of("recovery: " + time(budget.recovery())));
        budget.downtime().ifPresent(downtime -> parts.add("downtime: " + time(downtime)));
        budget.lostWrites().ifPresent(lost -> parts.add("lostWrites: " + lost));
        return flow(parts);
    }

    private static String capacity(Map<String, Integer> capacity) {
        return flow(new TreeMap<>(capacity)
                .entrySet().stream()
                        .map(resource -> YamlScalar.of(resource.getKey()) + ": " + resource.getValue())
                        .toList());
    }

    private static String accept(AcceptedOneWay accept) {
        return flow(List.of(
                "oneWay: " + YamlScalar.quoted(accept.why()),
                "by: " + YamlScalar.quoted(accept.by()),
                "until: " + YamlScalar.quoted(accept.until())));
    }

    private static String step(Step step, Map<String, List<String>> waitsFor) {
        List<String> parts = new ArrayList<>(List.of("id: " + YamlScalar.of(step.id()), action(step, true)));
        List<String> needs = Objects.requireNonNullElse(waitsFor.get(step.id()), step.needs());
        if (!needs.isEmpty()) {
            parts.add("needs: " + list(needs));
        }
        if (!(step instanceof Step.Manual)) {
            parts.add("timeout: " + time(step.timeout()));
        }
        if (step.common().irreversible()) {
            parts.add("irreversible: true");
        }
        parts.addAll(conduct(step.common(), true));
        return flow(parts);
    }

    /// How often it is tried, what must hold, what it uses.
    private static List<String> conduct(Step.Common common, boolean hide) {
        List<String> parts = new ArrayList<>();
        Step.Retry retry = common.retry();
        if (retry.attempts() > 1) {
            parts.add("retry: {attempts: " + retry.attempts() + ", backoff: " + time(retry.backoff()) + ", most: "
                    + time(retry.most()) + "}");
        }
        if (!common.given().isEmpty()) {
            parts.add("given: ["
                    + String.join(
                            ", ",
                            common.given().stream()
                                    .map(each -> condition(each, hide))
                                    .toList())
                    + "]");
        }
        if (!common.uses().isEmpty()) {
            parts.add("uses: " + list(common.uses()));
        }
        return parts;
    }

    private static String action(Step step, boolean hide) {
        return switch (step) {
            case Step.Http http ->
                "http: {" + http.method().toLowerCase(Locale.ROOT) + ": "
                        + text(http.service() + http.path(), hide)
                        + http.status().map(status -> ", status: " + status).orElse("") + "}";
            case Step.Revert revert -> "revert: " + revert(revert);
            case Step.RestoreData restore -> "restoreData: " + YamlScalar.of(restore.service());
            case Step.Sql sql ->
                "sql: {service: " + YamlScalar.of(sql.service()) + ", file: " + YamlScalar.of(sql.file()) + "}";
            case Step.Command command -> "command: " + command(command, hide);
            case Step.Manual manual ->
                "manual: {task: " + text(manual.task(), hide) + ", takes: " + time(manual.takes()) + "}";
            case Step.WaitUntil wait -> "waitUntil: " + condition(wait.condition(), hide);
        };
    }

    private static String revert(Step.Revert revert) {
        Replacement how = revert.how();
        if (how.equals(Replacement.ALL_AT_ONCE)) {
            return YamlScalar.of(revert.service());
        }
        List<String> parts = new ArrayList<>();
        parts.add("service: " + YamlScalar.of(revert.service()));
        parts.add("replace: " + (how.isStartFirst() ? "start-first" : "stop-first"));
        how.batch().ifPresent(batch -> parts.add("batch: " + batch));
        return flow(parts);
    }

    private static String command(Step.Command command, boolean hide) {
        String run = list(hide ? Secrets.hiddenIn(command.command()) : command.command());
        if (command.environment().isEmpty()) {
            return run;
        }
        List<String> variables = new ArrayList<>();
        new TreeMap<>(command.environment())
                .forEach((name, value) -> variables.add(YamlScalar.of(name) + ": "
                        + YamlScalar.of(hide ? Secrets.hidden(value.text()) : value.text())));
        return "{run: " + run + ", environment: " + flow(variables) + "}";
    }

    private static String condition(Condition condition, boolean hide) {
        return switch (condition) {
            case Condition.Healthy healthy -> "{healthy: " + YamlScalar.of(healthy.service()) + "}";
            case Condition.Answers answers ->
                "{get: " + text(answers.service() + answers.path(), hide) + ", status: " + answers.status() + "}";
            case Condition.Query query ->
                "{sql: {service: " + YamlScalar.of(query.service()) + ", query: " + text(query.sql(), hide)
                        + ", equals: " + YamlScalar.quoted(query.equal()) + "}}";
        };
    }

    private static String text(String text, boolean hide) {
        return YamlScalar.of(hide ? Secrets.hiddenIn(text) : text);
    }

    private static String list(List<String> items) {
        return "[" + String.join(", ", items.stream().map(YamlScalar::of).toList()) + "]";
    }

    private static String flow(List<String> parts) {
        return "{" + String.join(", ", parts) + "}";
    }

    /// A time to the nanosecond. The language takes up to nine digits before the point.
    private static String time(Duration duration) {
        if (duration.compareTo(SECONDS_WRITABLE) > 0) {
            return duration.toHours() + "h";
        }
        long whole = duration.toSeconds();
        BigDecimal seconds = BigDecimal.valueOf(whole)
                .add(BigDecimal.valueOf(duration.minusSeconds(whole).toNanos(), 9))
                .stripTrailingZeros();
        boolean inSeconds = seconds.scale() <= 0 || whole >= 100;
        return inSeconds
                ? seconds.toPlainString() + "s"
                : seconds.movePointRight(3).stripTrailingZeros().toPlainString() + "ms";
    }
}
