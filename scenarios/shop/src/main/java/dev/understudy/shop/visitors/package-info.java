/// The people in front of the shop: a recorded day, played in a loop.
@NullMarked
package dev.understudy.shop.visitors;

import org.jspecify.annotations.NullMarked;
