/// HTTP messages as values: cookies, targets, forms and JSON bodies, read and changed one value at a time.
@NullMarked
package dev.understudy.mirror.message;

import org.jspecify.annotations.NullMarked;
