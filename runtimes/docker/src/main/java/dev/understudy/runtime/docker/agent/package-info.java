/// What runs in an arm's link container, and how the tool talks to it.
@NullMarked
package dev.understudy.runtime.docker.agent;

import org.jspecify.annotations.NullMarked;
