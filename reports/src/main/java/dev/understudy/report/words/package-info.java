/// How figures are said and text is escaped.
@NullMarked
package dev.understudy.report.words;

import org.jspecify.annotations.NullMarked;
