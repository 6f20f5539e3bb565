/// Freezes, copies and restores data, whatever engine keeps it.
@NullMarked
package dev.understudy.store;

import org.jspecify.annotations.NullMarked;
