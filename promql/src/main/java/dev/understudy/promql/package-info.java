/// Prometheus without a server: series in memory, expressions over them. Pure: times come as arguments;
/// what holds state is not thread-safe.
@NullMarked
package dev.understudy.promql;

import org.jspecify.annotations.NullMarked;
