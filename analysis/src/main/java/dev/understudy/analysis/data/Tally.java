package dev.understudy.analysis.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// Counts rows by cause while tables are compared, one after the other.
final class Tally {
    private final Map<Cause, Long> rows = new EnumMap<>(Cause.class);
    private final Map<Cause, List<String>> examples = new EnumMap<>(Cause.class);
    private long compared;
    private long noise;
    private long level;
    private long unattributedBefore;
    private long firstLostAt = Long.MAX_VALUE;
    private long lastLostAt = Long.MIN_VALUE;

    /// A table begins, whose rows differ by themselves up to `noiseLevel`.
    void begin(long noiseLevel) {
        level = noiseLevel;
        unattributedBefore = count(Cause.UNATTRIBUTED);
    }

    void same() {
        compared++;
    }

    void add(Attribution.Finding finding, String example) {
        compared++;
        rows.merge(finding.cause(), 1L, Long::sum);
        finding.acknowledgedAt().ifPresent(at -> {
            firstLostAt = Math.min(firstLostAt, at);
            lastLostAt = Math.max(lastLostAt, at);
        });
        examples.computeIfAbsent(finding.cause(), _ -> new ArrayList<>())
                .add(finding.cause().name().toLowerCase(Locale.ROOT) + ": " + example);
    }

    /// The table ends: of its unattributed rows as many are noise as differed before the change.
    void end() {
        noise += Math.min(level, count(Cause.UNATTRIBUTED) - unattributedBefore);
    }

    private long count(Cause cause) {
        return rows.getOrDefault(cause, 0L);
    }

    DataFindings findings(String service, List<String> structure, List<String> notChecked, int mostExamples) {
        List<String> shown = examples.entrySet().stream()
                .filter(entry -> entry.getKey() != Cause.EXPECTED)
                .flatMap(entry -> entry.getValue().stream())
                .limit(mostExamples)
                .toList();
        boolean isDated = firstLostAt <= lastLostAt;
        return new DataFindings(
                service,
                compared,
                count(Cause.LOST),
                count(Cause.UNSERVED),
                count(Cause.EXPECTED),
                count(Cause.CONTENDED),
                count(Cause.UNATTRIBUTED),
                noise,
                structure,
                shown,
                List.copyOf(notChecked),
                isDated ? OptionalLong.of(firstLostAt) : OptionalLong.empty(),
                isDated ? OptionalLong.of(lastLostAt) : OptionalLong.empty());
    }
}
