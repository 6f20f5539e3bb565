/// Redis: copied as a replica is, and listed key by key.
@NullMarked
package dev.understudy.store.redis;

import org.jspecify.annotations.NullMarked;
