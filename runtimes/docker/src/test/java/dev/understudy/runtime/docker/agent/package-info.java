@NullMarked
package dev.understudy.runtime.docker.agent;

import org.jspecify.annotations.NullMarked;
