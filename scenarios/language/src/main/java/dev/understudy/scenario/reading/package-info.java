/// Reading and checking scenario and topology files: every problem of every file in one run, each with its
/// place.
@NullMarked
package dev.understudy.scenario.reading;

import org.jspecify.annotations.NullMarked;
