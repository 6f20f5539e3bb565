/// Judgement over samples: rules while a run goes on, findings and verdict from its journal afterwards.
/// Pure: no clock, no network, no files.
@NullMarked
package dev.understudy.analysis;

import org.jspecify.annotations.NullMarked;
