/// Live's own mirror: a reverse proxy in the path of live, and the feed that runs subscribe to.
@NullMarked
package dev.understudy.mirror.tap;

import org.jspecify.annotations.NullMarked;
