package dev.understudy.promql.series;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Series in memory, bounded. What does not fit is left out and told by [#notices]: who judges by this
/// store must look there, for a metric that was left out can't break a rule. Not thread-safe: feed and ask
/// under one lock.
public final class SeriesStore implements SeriesSource {
    private final Instant origin;
    private final Limits limits;
    private final Map<Labels, Series> series = new LinkedHashMap<>();
    private final Map<String, List<Series>> byName = new HashMap<>();
    private final Map<Notice.Kind, Notice> notices = new EnumMap<>(Notice.Kind.class);
    private long samples;

    /// How much is held.
    ///
    /// @param series label sets, > 0
    /// @param samples of all series together, > 0; 16 bytes each
    /// @param keep how far back samples are wanted; older ones may be forgotten
    public record Limits(int series, long samples, Duration keep) {
        /// 20,000 series, 5,000,000 samples (80 MB), two hours.
        public static final Limits USUAL = new Limits(20_000, 5_000_000, Duration.ofHours(2));
    }

    /// A store for a run whose timeline stood at 0 at `origin`.
    public SeriesStore(Instant origin, Limits limits) {
        this.origin = origin;
        this.limits = limits;
    }

    /// Adds a sample at `nanos` of the timeline; `false` and a notice if it is not newer than the last of
    /// its series or does not fit.
    public boolean append(Labels labels, double value, long nanos) {
        @Nullable Series target = place(labels, nanos);
        if (target != null) {
            target.append(nanos, value);
            samples++;
        }
        return target != null;
    }

    /// Says that the series ended by `nanos`. Nothing happens if it isn't there or has ended already.
    public void end(Labels labels, long nanos) {
        @Nullable Series target = series.get(labels);
        if (target != null && !target.isStale() && target.isAfterLast(nanos)) {
            target.appendStale(nanos);
            samples++;
        }
    }

    /// What was left out so far, one for each reason.
    public List<Notice> notices() {
        return List.copyOf(notices.values());
    }

    /// How many series there are.
    public int size() {
        return series.size();
    }

    /// How many samples are held.
    public long samples() {
        return samples;
    }

    @Override
    public Instant origin() {
        return origin;
    }

    @Override
    public List<Series> select(List<Matcher> matchers) {
        List<Series> found = new ArrayList<>();
        for (Series candidate : candidates(matchers)) {
            if (matchers.stream().allMatch(matcher -> matcher.matches(candidate.labels()))) {
                found.add(candidate);
            }
        }
        return found;
    }

    private Collection<Series> candidates(List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (matcher.label().equals(Labels.NAME) && matcher.kind() == Matcher.Kind.EQUAL) {
                return byName.getOrDefault(matcher.value(), List.of());
            }
        }
        return series.values();
    }

    private @Nullable Series place(Labels labels, long nanos) {
        @Nullable Series known = series.get(labels);
        if (known != null) {
            samples -= known.makeRoom(Nanos.minus(nanos, limits.keep.toNanos()));
        }
        if (samples >= limits.samples) {
            leaveOut(Notice.Kind.SAMPLES, limits.samples, labels);
        } else if (known == null && series.size() >= limits.series) {
            leaveOut(Notice.Kind.SERIES, limits.series, labels);
        } else if (known != null && !known.isAfterLast(nanos)) {
            leaveOut(Notice.Kind.ORDER, 0, labels);
        } else {
            return known == null ? begun(labels) : known;
        }
        return null;
    }

    private Series begun(Labels labels) {
        Series begun = new Series(labels);
        series.put(labels, begun);
        byName.computeIfAbsent(labels.name(), name -> new ArrayList<>()).add(begun);
        return begun;
    }

    private void leaveOut(Notice.Kind kind, long limit, Labels labels) {
        notices.merge(kind, new Notice(kind, limit, 1, labels), (before, now) -> before.oneMore());
    }
}
