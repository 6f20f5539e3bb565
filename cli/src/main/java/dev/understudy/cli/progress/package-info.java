/// What a person, or a machine, that waits for a rehearsal is told meanwhile: on standard error, in one of
/// four ways.
@NullMarked
package dev.understudy.cli.progress;

import org.jspecify.annotations.NullMarked;
