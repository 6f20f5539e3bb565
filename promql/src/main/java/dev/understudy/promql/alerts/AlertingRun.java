package dev.understudy.promql.alerts;

import dev.understudy.promql.evaluation.Sample;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesSource;
import dev.understudy.promql.series.SeriesStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An alerting rule in the course of time: inactive, pending, firing, for each label set by itself. Writes
/// the series `ALERTS` and `ALERTS_FOR_STATE` as Prometheus does, for rules that look at other alerts.
final class AlertingRun implements RuleRun {
    private final String group;
    private final Rule.Alerting rule;
    private final Map<String, String> groupLabels;
    private final int limit;
    private final SeriesSource source;
    private final RecordedSeries output;
    private final Map<Labels, ActiveAlert> active = new LinkedHashMap<>();
    private final List<AlertEpisode> ended = new ArrayList<>();

    AlertingRun(RuleGroup group, Rule.Alerting rule, Map<String, String> groupLabels, SeriesStore recorded) {
        this.group = group.name().text();
        this.rule = rule;
        this.groupLabels = groupLabels;
        this.limit = group.limit();
        this.source = recorded;
        this.output = new RecordedSeries(recorded);
    }

    @Override
    public Rule rule() {
        return rule;
    }

    @Override
    public void results(List<Sample> samples, long nanos) {
        Map<Labels, Sample> yielded = new LinkedHashMap<>();
        for (Sample sample : samples) {
            Labels labels = labels(sample);
            if (yielded.put(labels, sample) != null) {
                throw new RuleRunException("two alerts would have the same labels " + labels);
            }
        }
        if (limit > 0 && yielded.size() > limit) {
            active.values().forEach(alert -> alert.ended(nanos));
            forgetEnded(List.copyOf(active.keySet()));
            throw new RuleRunException("more than " + limit + " alerts, the limit of the group: " + yielded.size());
        }
        yielded.forEach(
                (labels, sample) -> active.computeIfAbsent(labels, key -> new ActiveAlert(group, rule, key, nanos))
                        .seen(nanos, sample.value(), annotations(sample)));
        forgetEnded(active.values().stream()
                .filter(alert -> !yielded.containsKey(alert.labels()) && !alert.missing(nanos))
                .map(ActiveAlert::labels)
                .toList());
        output.write(active.values().stream().flatMap(this::series).toList(), nanos);
    }

    private void forgetEnded(List<Labels> gone) {
        for (Labels labels : gone) {
            Stream.ofNullable(active.remove(labels)).map(ActiveAlert::episode).forEach(ended::add);
        }
    }

    private Labels labels(Sample sample) {
        Map<String, String> set = new LinkedHashMap<>(groupLabels);
        rule.labels().forEach((name, text) -> set.put(name, expanded(text, sample)));
        set.put("alertname", rule.name().text());
        return sample.labels().unnamed().with(set);
    }

    private Map<String, String> annotations(Sample sample) {
        return rule.annotations().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> expanded(entry.getValue(), sample)));
    }

    private static String expanded(RuleText text, Sample sample) {
        return AlertTemplate.expand(text.text(), sample.labels(), sample.value());
    }

    private Stream<Sample> series(ActiveAlert alert) {
        String state = alert.isFiring() ? "firing" : "pending";
        Labels alerts = alert.labels().with(Labels.NAME, "ALERTS").with("alertstate", state);
        Labels since = alert.labels().with(Labels.NAME, "ALERTS_FOR_STATE");
        double seconds = Math.floor(source.epochSeconds(alert.activeAt()));
        return Stream.of(new Sample(alerts, 1), new Sample(since, seconds));
    }

    @Override
    public List<AlertEpisode> episodes() {
        List<AlertEpisode> all = new ArrayList<>(ended);
        active.values().forEach(alert -> all.add(alert.episode()));
        return all;
    }
}
