/// Redis without a server.
@NullMarked
package dev.understudy.store.redis;

import org.jspecify.annotations.NullMarked;
