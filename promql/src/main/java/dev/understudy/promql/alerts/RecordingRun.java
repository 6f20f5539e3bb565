package dev.understudy.promql.alerts;

import dev.understudy.promql.evaluation.Sample;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class RecordingRun implements RuleRun {
    private final Rule.Recording rule;
    private final Map<String, String> labels;
    private final int limit;
    private final RecordedSeries output;

    RecordingRun(Rule.Recording rule, Map<String, String> labels, int limit, SeriesStore recorded) {
        this.rule = rule;
        this.labels = labels;
        this.limit = limit;
        this.output = new RecordedSeries(recorded);
    }

    @Override
    public Rule rule() {
        return rule;
    }

    @Override
    public void results(List<Sample> samples, long nanos) {
        if (limit > 0 && samples.size() > limit) {
            throw new RuleRunException("more than " + limit + " series, the limit of the group: " + samples.size());
        }
        Set<Labels> seen = new HashSet<>();
        List<Sample> named = samples.stream().map(this::named).toList();
        for (Sample sample : named) {
            if (!seen.add(sample.labels())) {
                throw new RuleRunException("two series would have the same labels " + sample.labels());
            }
        }
        output.write(named, nanos);
    }

    private Sample named(Sample sample) {
        Labels named = sample.labels().with(Labels.NAME, rule.name().text()).with(labels);
        return new Sample(named, sample.value());
    }

    @Override
    public List<AlertEpisode> episodes() {
        return List.of();
    }
}
