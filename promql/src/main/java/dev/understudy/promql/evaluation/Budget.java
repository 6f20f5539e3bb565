package dev.understudy.promql.evaluation;

/// How many samples one evaluation may still look at.
final class Budget {
    private final long limit;
    private long spent;

    Budget(long limit) {
        this.limit = limit;
    }

    /// Whether it lasted for `samples` more.
    boolean spend(long samples) {
        spent += samples;
        return spent <= limit;
    }

    long limit() {
        return limit;
    }
}
