/// What an expression is worth at one instant.
@NullMarked
package dev.understudy.promql.evaluation;

import org.jspecify.annotations.NullMarked;
