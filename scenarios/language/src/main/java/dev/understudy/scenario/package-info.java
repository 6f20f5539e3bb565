/// The language: what shall happen, as values. Records only; reading and checking YAML is in
/// {@code dev.understudy.scenario.reading}.
@NullMarked
package dev.understudy.scenario;

import org.jspecify.annotations.NullMarked;
