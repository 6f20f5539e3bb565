/// From the text of an expression to a checked tree, or to an error with its place.
@NullMarked
package dev.understudy.promql.syntax;

import org.jspecify.annotations.NullMarked;
