/// Services as containers: live is found, cloned into two arms, and their containers are replaced.
@NullMarked
package dev.understudy.runtime.docker;

import org.jspecify.annotations.NullMarked;
