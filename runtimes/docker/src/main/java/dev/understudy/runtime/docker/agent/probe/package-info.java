/// Attempts to get out of an arm, made by a container inside it.
@NullMarked
package dev.understudy.runtime.docker.agent.probe;

import org.jspecify.annotations.NullMarked;
