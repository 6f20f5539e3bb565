/// From live's containers, as the engine tells of them, to those of an arm: what is refused, what is taken over, what
/// is
/// written anew and why. Values in, values out.
@NullMarked
package dev.understudy.runtime.docker.clone;

import org.jspecify.annotations.NullMarked;
