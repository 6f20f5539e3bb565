package dev.understudy.shop.orders;

/// A product and how many of it.
record Item(int product, int quantity) {}
