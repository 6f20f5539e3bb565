package dev.understudy.promql.alerts;

import dev.understudy.promql.Expression;
import dev.understudy.promql.PromQl;
import dev.understudy.promql.evaluation.Sample;
import dev.understudy.promql.evaluation.Settings;
import dev.understudy.promql.evaluation.Value;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesSource;
import dev.understudy.promql.series.SeriesStore;
import dev.understudy.promql.syntax.Node;
import dev.understudy.promql.syntax.PromQlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The rules of one group in the course of time.
final class GroupRun {
    private final SeriesSource source;
    private final Settings settings;
    private final long interval;
    private final Map<RuleRun, Expression> runs = new LinkedHashMap<>();
    private final Map<RuleRun, RuleFailure> failures = new HashMap<>();
    private OptionalLong due = OptionalLong.empty();

    GroupRun(RuleGroup group, SeriesSource source, SeriesStore recorded, Settings settings) {
        this.source = source;
        this.settings = settings;
        this.interval = group.interval().orElse(settings.step()).toNanos();
        for (Rule rule : group.rules()) {
            runs.put(run(group, rule, recorded), PromQl.parse(rule.expression().text()));
        }
    }

    private static RuleRun run(RuleGroup group, Rule rule, SeriesStore recorded) {
        Map<String, String> labels = new LinkedHashMap<>();
        group.labels().forEach((name, text) -> labels.put(name, text.text()));
        return switch (rule) {
            case Rule.Alerting alerting -> new AlertingRun(group, alerting, labels, recorded);
            case Rule.Recording recording -> {
                recording.labels().forEach((name, text) -> labels.put(name, text.text()));
                yield new RecordingRun(recording, labels, group.limit(), recorded);
            }
        };
    }

    /// Evaluates all rules if the group's interval has passed since they last were.
    void step(long nanos) {
        if (due.isEmpty() || nanos >= due.getAsLong()) {
            long planned = due.orElse(nanos);
            due = OptionalLong.of(planned + (Math.floorDiv(nanos - planned, interval) + 1) * interval);
            runs.forEach((run, expression) -> evaluate(run, expression, nanos));
        }
    }

    private void evaluate(RuleRun run, Expression expression, long nanos) {
        try {
            run.results(samples(expression.at(source, nanos, settings)), nanos);
        } catch (PromQlException | RuleRunException e) {
            RuleFailure failure = new RuleFailure(
                    run.rule().name().text(), run.rule().name().place(), nanos, 1, String.valueOf(e.getMessage()));
            failures.merge(run, failure, GroupRun::again);
        }
    }

    private static RuleFailure again(RuleFailure first, RuleFailure now) {
        return new RuleFailure(first.rule(), first.place(), first.firstAt(), first.times() + 1, first.message());
    }

    private static List<Sample> samples(Value value) {
        return switch (value) {
            case Value.Vector vector -> vector.samples();
            case Value.Scalar scalar -> List.of(new Sample(Labels.NONE, scalar.value()));
            case Value.Text text -> List.of();
            case Value.Matrix matrix -> List.of();
        };
    }

    List<AlertEpisode> episodes() {
        return runs.keySet().stream().flatMap(run -> run.episodes().stream()).toList();
    }

    List<RuleFailure> failures() {
        return List.copyOf(failures.values());
    }

    /// The selectors of all rules that find no series in all that the source still holds.
    List<UnseenSeries> unseen() {
        List<UnseenSeries> unseen = new ArrayList<>();
        runs.forEach((run, expression) -> {
            for (Node.Selector selector : expression.selectors()) {
                if (source.select(selector.matchers()).isEmpty()) {
                    RuleText text = run.rule().expression();
                    unseen.add(
                            new UnseenSeries(run.rule().name().text(), text.at(selector.offset()), selector.shown()));
                }
            }
        });
        return unseen;
    }
}
