package dev.understudy.promql.exposition;

/// The two text formats. They differ in timestamps (milliseconds; seconds), in exemplars and in an end
/// mark.
public enum Format {
    /// `text/plain; version=0.0.4`: https://prometheus.io/docs/instrumenting/exposition_formats/
    PROMETHEUS,
    /// `application/openmetrics-text; version=1.0.0`:
    /// https://prometheus.io/docs/specs/om/open_metrics_spec/
    OPENMETRICS;

    /// The format that a `Content-Type` header names; whatever isn't OpenMetrics is the older one, as in
    /// Prometheus.
    public static Format of(String contentType) {
        return contentType.trim().startsWith("application/openmetrics-text") ? OPENMETRICS : PROMETHEUS;
    }
}
