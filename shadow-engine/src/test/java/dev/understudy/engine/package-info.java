@NullMarked
package dev.understudy.engine;

import org.jspecify.annotations.NullMarked;
