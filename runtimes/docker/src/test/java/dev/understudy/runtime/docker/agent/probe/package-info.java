@NullMarked
package dev.understudy.runtime.docker.agent.probe;

import org.jspecify.annotations.NullMarked;
