/// Writes the language: what a tool puts down as a scenario reads back as one.
@NullMarked
package dev.understudy.scenario.writing;

import org.jspecify.annotations.NullMarked;
