/// Says yes or no to money.
@NullMarked
package dev.understudy.shop.payments;

import org.jspecify.annotations.NullMarked;
