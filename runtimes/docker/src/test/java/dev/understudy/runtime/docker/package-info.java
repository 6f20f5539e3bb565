/// Containers as live, and shadows of them.
@NullMarked
package dev.understudy.runtime.docker;

import org.jspecify.annotations.NullMarked;
