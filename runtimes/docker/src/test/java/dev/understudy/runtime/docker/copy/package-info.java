/// What is tried of copying without an engine.
@NullMarked
package dev.understudy.runtime.docker.copy;

import org.jspecify.annotations.NullMarked;
