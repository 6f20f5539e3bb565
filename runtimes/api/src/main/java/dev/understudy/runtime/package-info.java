/// What the engine may ask of any place where services run, and the time in which it asks.
@NullMarked
package dev.understudy.runtime;

import org.jspecify.annotations.NullMarked;
