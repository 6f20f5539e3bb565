package dev.understudy.promql.exposition;

import dev.understudy.promql.series.LabelText;

final class MetricName {
    private MetricName() {}

    /// As it stands after `# TYPE`: quoted if it isn't made of letters, digits, `_` and `:`.
    static String print(String name) {
        return LabelText.isMetricName(name) ? name : LabelText.quoted(name);
    }
}
