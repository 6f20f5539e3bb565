/// What becomes of a container of live on its way into an arm.
@NullMarked
package dev.understudy.runtime.docker.clone;

import org.jspecify.annotations.NullMarked;
