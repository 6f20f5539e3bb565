/// The engine's API: where it is, what is asked of it, the image made for link containers.
@NullMarked
package dev.understudy.runtime.docker.engine;

import org.jspecify.annotations.NullMarked;
