/// Rules while a run goes on: what each reads in each arm, when that is a breach, and when the candidate
/// has recovered. Pure: times come as arguments; no class here is thread-safe.
@NullMarked
package dev.understudy.analysis.rules;

import org.jspecify.annotations.NullMarked;
