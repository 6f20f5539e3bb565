package dev.understudy.report.comparison;

import dev.understudy.report.comparison.Row.Judged;
import dev.understudy.report.comparison.Row.Outcome;
import dev.understudy.report.words.Words;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// When a figure counts as worse or better. With three trials or more of each run, the medians have to be
/// further apart than either run's trials are among themselves, as for better orders. With fewer the noise is
/// unknown: then a figure has to cross its budget, or to be more than twice the other and well apart. Less is
/// better for all of them.
final class Judging {
    static final int ENOUGH_TRIALS = 3;
    private static final int FACTOR = 2;
    private static final long APART_NANOS = 1_000_000_000;
    private static final long APART_COUNT = 10;

    private Judging() {}

    /// Words of which the first is the best.
    static Judged ranked(List<String> bestFirst, String before, String after) {
        int rise = bestFirst.indexOf(after) - bestFirst.indexOf(before);
        return new Judged(rise > 0 ? Outcome.WORSE : rise < 0 ? Outcome.BETTER : Outcome.SAME, "");
    }

    /// Times of several trials.
    static Judged trials(List<Long> before, List<Long> after) {
        long noise = Math.max(spread(before), spread(after));
        long rise = median(after) - median(before);
        String n = "n = " + before.size() + " and " + after.size();
        if (Math.abs(rise) <= noise) {
            return new Judged(Outcome.SAME, "within noise of " + Words.duration(noise) + ", " + n);
        }
        String much = Words.duration(Math.abs(rise)) + (rise > 0 ? " longer" : " shorter") + " in the median, noise is "
                + Words.duration(noise) + ", " + n;
        return new Judged(rise > 0 ? Outcome.WORSE : Outcome.BETTER, much);
    }

    /// A time that is over its budget in one run only.
    static Optional<Judged> crossing(
            OptionalLong before, OptionalLong budgetBefore, OptionalLong after, OptionalLong budgetAfter) {
        boolean isOver = isOver(after, budgetAfter);
        if (before.isEmpty() || after.isEmpty() || isOver(before, budgetBefore) == isOver) {
            return Optional.empty();
        }
        return Optional.of(
                isOver
                        ? new Judged(Outcome.WORSE, "now over budget")
                        : new Judged(Outcome.BETTER, "now within budget"));
    }

    /// One time of each run.
    static Judged time(OptionalLong before, OptionalLong after) {
        return single(before, after, APART_NANOS, "noise unknown, n = 1");
    }

    /// A count that varies with chance.
    static Judged count(OptionalLong before, OptionalLong after) {
        return single(before, after, APART_COUNT, "noise unknown, n = 1");
    }

    /// A count that has to be 0: any more is worse.
    static Judged exact(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent()
                ? new Judged(sign(Long.compare(after.getAsLong(), before.getAsLong())), "")
                : oneMissing(before, after);
    }

    private static Judged single(OptionalLong before, OptionalLong after, long apart, String unknown) {
        if (before.isEmpty() || after.isEmpty()) {
            return oneMissing(before, after);
        }
        long was = before.getAsLong();
        long is = after.getAsLong();
        boolean isFar = Math.abs(is - was) > apart && Math.max(is, was) > FACTOR * Math.min(is, was);
        if (isFar) {
            return new Judged(sign(Long.compare(is, was)), is > was ? "more than twice" : "less than half");
        }
        return new Judged(Outcome.SAME, is == was ? "" : unknown);
    }

    private static Judged oneMissing(OptionalLong before, OptionalLong after) {
        return before.isEmpty() && after.isEmpty()
                ? new Judged(Outcome.SAME, "")
                : new Judged(Outcome.NOT_JUDGED, "measured in one run only");
    }

    private static boolean isOver(OptionalLong value, OptionalLong budget) {
        return value.isPresent() && budget.isPresent() && value.getAsLong() > budget.getAsLong();
    }

    private static Outcome sign(int rise) {
        return rise > 0 ? Outcome.WORSE : rise < 0 ? Outcome.BETTER : Outcome.SAME;
    }

    static long median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static long spread(List<Long> values) {
        return Collections.max(values) - Collections.min(values);
    }
}
