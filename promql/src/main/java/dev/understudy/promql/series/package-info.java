/// Series of samples on the timeline of a run, and how they are selected.
@NullMarked
package dev.understudy.promql.series;

import org.jspecify.annotations.NullMarked;
