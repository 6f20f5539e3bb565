/// The PostgreSQL engine: its programs, its command lines, the online copy, the listing, SQL
/// scripts.
@NullMarked
package dev.understudy.store.postgres;

import org.jspecify.annotations.NullMarked;
