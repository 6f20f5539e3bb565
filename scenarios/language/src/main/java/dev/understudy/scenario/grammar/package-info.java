/// The grammar of the language: from trees to records. Each section reads its part, notes what is wrong and
/// goes on with a harmless stand-in, so that one run finds every problem.
@NullMarked
package dev.understudy.scenario.grammar;

import org.jspecify.annotations.NullMarked;
