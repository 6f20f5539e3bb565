/// What the shop sells.
@NullMarked
package dev.understudy.shop.catalogue;

import org.jspecify.annotations.NullMarked;
