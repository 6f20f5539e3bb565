/// Orders, from basket to invoice, in five releases.
@NullMarked
package dev.understudy.shop.orders;

import org.jspecify.annotations.NullMarked;
