/// Commands, wiring, exit codes; nothing else. The only place that knows all the others.
@NullMarked
package dev.understudy.cli;

import org.jspecify.annotations.NullMarked;
