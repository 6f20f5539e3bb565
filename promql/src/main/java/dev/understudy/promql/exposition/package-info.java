/// What a service says at its metrics endpoint, as text and as values.
@NullMarked
package dev.understudy.promql.exposition;

import org.jspecify.annotations.NullMarked;
