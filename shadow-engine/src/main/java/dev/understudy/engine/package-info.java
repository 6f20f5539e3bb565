/// Runs a scenario: a list of small stages, always torn down, every stage an event. Waits only on the
/// {@link dev.understudy.runtime.Timeline}, so the same code runs in real and in virtual time.
@NullMarked
package dev.understudy.engine;

import org.jspecify.annotations.NullMarked;
