/// A small shop that is really live: its services are in the packages below.
@NullMarked
package dev.understudy.shop;

import org.jspecify.annotations.NullMarked;
