/// What names mean to the containers of an arm, and which of them were asked for.
@NullMarked
package dev.understudy.runtime.docker.agent.names;

import org.jspecify.annotations.NullMarked;
