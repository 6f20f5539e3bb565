-- "Undoes" V2__items.sql. What is wrong with it: the rows written meanwhile stay JSON, which orders 1.0 can't read.
ALTER TABLE orders DROP COLUMN items_format;
