/// What every service of the shop is built from: HTTP in, HTTP out, PostgreSQL, JSON, settings, a log.
@NullMarked
package dev.understudy.shop.service;

import org.jspecify.annotations.NullMarked;
