-- For orders 2.0-lossy: from now on notes are written to a table of their own; older ones stay where they are.
CREATE TABLE order_note (
  order_id   bigint      PRIMARY KEY REFERENCES orders,
  note       text        NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now()
);
