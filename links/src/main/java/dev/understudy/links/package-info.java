/// The one proxy on every dependency: it passes bytes on, measures exchanges and turn-arounds, and disturbs
/// them.
@NullMarked
package dev.understudy.links;

import org.jspecify.annotations.NullMarked;
