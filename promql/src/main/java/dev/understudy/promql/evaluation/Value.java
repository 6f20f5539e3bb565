package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.Points;
import java.util.List;

/// What an expression yields at one instant, or over many. Immutable.
public sealed interface Value {

    /// A number.
    record Scalar(double value) implements Value {}

    /// A text.
    record Text(String value) implements Value {}

    /// One value for each series; label sets are different. The order has a meaning only for `sort`,
    /// `topk` and the like.
    record Vector(List<Sample> samples) implements Value {
        public Vector {
            samples = List.copyOf(samples);
        }
    }

    /// Samples over a time for each series.
    record Matrix(List<Track> tracks) implements Value {
        public Matrix {
            tracks = List.copyOf(tracks);
        }
    }

    /// One series of a matrix.
    record Track(Labels labels, Points points) {}
}
