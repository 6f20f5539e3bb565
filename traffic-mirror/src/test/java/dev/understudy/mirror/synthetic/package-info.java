@NullMarked
package dev.understudy.mirror.synthetic;

import org.jspecify.annotations.NullMarked;
