@NullMarked
package dev.understudy.dist;

import org.jspecify.annotations.NullMarked;
