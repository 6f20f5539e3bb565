@NullMarked
package dev.understudy.runtime.docker.agent.names;

import org.jspecify.annotations.NullMarked;
