package dev.understudy.promql.series;

/// Samples that a store left out, and why.
///
/// @param limit what was reached; 0 where it was not a limit
/// @param samples how many samples were left out
/// @param first the series of the first of them
public record Notice(Kind kind, long limit, long samples, Labels first) {

    /// Why.
    public enum Kind {
        /// More label sets than the store holds.
        SERIES,
        /// More samples than the store holds.
        SAMPLES,
        /// Not newer than the last sample of the same series, or twice in one scrape.
        ORDER
    }

    Notice oneMore() {
        return new Notice(kind, limit, samples + 1, first);
    }

    /// The notice in words.
    public String message() {
        String why = switch (kind) {
            case SERIES -> "more than " + limit + " series";
            case SAMPLES -> "more than " + limit + " samples";
            case ORDER -> "not newer than the last sample of the series";
        };
        return why + ": " + samples + " samples left out, the first of " + first;
    }
}
