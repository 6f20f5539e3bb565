-- For orders 2.0-unreadable: items are JSON from now on; the column tells which rows are.
ALTER TABLE orders ADD COLUMN items_format smallint NOT NULL DEFAULT 1;
