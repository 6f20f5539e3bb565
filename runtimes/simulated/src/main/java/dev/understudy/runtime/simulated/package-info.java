/// Services as models in virtual time: the whole engine, unchanged, on a seeded scheduler.
@NullMarked
package dev.understudy.runtime.simulated;

import org.jspecify.annotations.NullMarked;
