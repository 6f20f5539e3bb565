package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Labels;

/// One element of a vector.
public record Sample(Labels labels, double value) {
    Sample unnamed(double changed) {
        return new Sample(labels.unnamed(), changed);
    }
}
