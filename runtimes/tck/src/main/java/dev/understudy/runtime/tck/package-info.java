/// The one test that every runtime passes.
@NullMarked
package dev.understudy.runtime.tck;

import org.jspecify.annotations.NullMarked;
