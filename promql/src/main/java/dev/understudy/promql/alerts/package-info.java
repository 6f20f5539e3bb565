/// A team's own alert rules, stepped through time: which would have fired, when, and for how long.
@NullMarked
package dev.understudy.promql.alerts;

import org.jspecify.annotations.NullMarked;
