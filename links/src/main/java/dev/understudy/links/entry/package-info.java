/// How requests go into an arm from outside, over connections that are kept.
@NullMarked
package dev.understudy.links.entry;

import org.jspecify.annotations.NullMarked;
