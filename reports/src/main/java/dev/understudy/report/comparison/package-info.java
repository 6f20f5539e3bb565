/// Two runs side by side: what is known of each, and what got worse or better.
@NullMarked
package dev.understudy.report.comparison;

import org.jspecify.annotations.NullMarked;
