/// Makes one named thing of an arm deviate for a set time, and always undoes it.
@NullMarked
package dev.understudy.deviation;

import org.jspecify.annotations.NullMarked;
