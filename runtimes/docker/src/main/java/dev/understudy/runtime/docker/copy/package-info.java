/// What copies live's data: a program that runs in a container of its own, with live's volumes mounted read-only.
@NullMarked
package dev.understudy.runtime.docker.copy;

import org.jspecify.annotations.NullMarked;
