/// A first topology of what runs in an engine, written down for people.
@NullMarked
package dev.understudy.runtime.docker.draft;

import org.jspecify.annotations.NullMarked;
