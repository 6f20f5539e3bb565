@NullMarked
package dev.understudy.runtime.docker.engine;

import org.jspecify.annotations.NullMarked;
