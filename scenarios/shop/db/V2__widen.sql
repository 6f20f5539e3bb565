-- For orders 2.0-good. Orders 1.0 goes on working: it names its columns and never sees this one.
ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT '';
