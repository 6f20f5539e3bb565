/// How the instances of a service are replaced by others, whatever an instance is.
@NullMarked
package dev.understudy.runtime.replacing;

import org.jspecify.annotations.NullMarked;
