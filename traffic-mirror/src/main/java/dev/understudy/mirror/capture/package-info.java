/// Recorded traffic: one JSON object a line, read with every error at once, written redacted.
@NullMarked
package dev.understudy.mirror.capture;

import org.jspecify.annotations.NullMarked;
