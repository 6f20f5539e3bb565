-- Undoes V2__widen.sql. Which channel an order came through is lost, and nothing else.
ALTER TABLE orders DROP COLUMN channel;
