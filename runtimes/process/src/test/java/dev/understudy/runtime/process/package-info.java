@NullMarked
package dev.understudy.runtime.process;

import org.jspecify.annotations.NullMarked;
