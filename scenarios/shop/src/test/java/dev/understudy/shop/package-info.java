/// Tests of the shop as a whole: real processes, a real database.
@NullMarked
package dev.understudy.shop;

import org.jspecify.annotations.NullMarked;
