/// From a rollback procedure and measured times to a shorter safe plan, with its reasons. Pure.
@NullMarked
package dev.understudy.rollback;

import org.jspecify.annotations.NullMarked;
