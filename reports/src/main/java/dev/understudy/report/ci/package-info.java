/// What CI servers show of a command's scenarios: a summary, annotations, metrics.
@NullMarked
package dev.understudy.report.ci;

import org.jspecify.annotations.NullMarked;
