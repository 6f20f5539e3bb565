/// The door of the shop: sessions, routing, drain.
@NullMarked
package dev.understudy.shop.gateway;

import org.jspecify.annotations.NullMarked;
