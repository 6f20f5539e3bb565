/// The feed between live's mirror and a run: its lines, and the run's end of it.
@NullMarked
package dev.understudy.mirror.feed;

import org.jspecify.annotations.NullMarked;
