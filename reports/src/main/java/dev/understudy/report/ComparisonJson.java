package dev.understudy.report;

import dev.understudy.report.comparison.Comparison;
import dev.understudy.report.comparison.Row;
import dev.understudy.report.comparison.RunFacts;
import java.util.List;

/// Renders a comparison of two runs for machines. Times are nanoseconds, `null` is "not measured"; the words of
/// rows are those of the table. Pure and thread-safe.
public final class ComparisonJson {

    /// The version of the format, raised as [RunJson#SCHEMA] is.
    public static final int SCHEMA = 1;

    private record ComparisonFile(
            int schema,
            String kind,
            boolean worse,
            RunFacts before,
            RunFacts after,
            List<Row> rows,
            List<String> notes) {}

    private ComparisonJson() {}

    /// The whole file.
    public static String render(Comparison comparison) {
        return StableJson.write(new ComparisonFile(
                SCHEMA,
                "understudy-comparison",
                comparison.isWorse(),
                comparison.before(),
                comparison.after(),
                comparison.rows(),
                comparison.notes()));
    }
}
