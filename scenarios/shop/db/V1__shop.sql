-- The shop from nothing: what it sells, who buys, and a little history.
CREATE TABLE product (
  id    integer PRIMARY KEY,
  name  text    NOT NULL,
  cents integer NOT NULL,
  stock integer NOT NULL CHECK (stock >= 0)
);

CREATE TABLE customer (
  id   integer PRIMARY KEY,
  name text    NOT NULL
);

CREATE TABLE session (
  token      text        PRIMARY KEY,
  customer   integer     NOT NULL REFERENCES customer,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- items: what was bought, as orders 1.0 writes it: product x quantity, comma separated: 7x2,13x1
-- basket: chosen by the customer's browser; sending the same basket twice makes one order
CREATE TABLE orders (
  id         bigserial   PRIMARY KEY,
  reference  text        NOT NULL UNIQUE,
  basket     text        NOT NULL UNIQUE,
  customer   integer     NOT NULL REFERENCES customer,
  items      text        NOT NULL,
  cents      integer     NOT NULL,
  state      text        NOT NULL DEFAULT 'open',
  note       text        NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_of_customer ON orders (customer, id DESC);

INSERT INTO product
SELECT n, colour || ' ' || thing, 500 + 37 * n, 10000000
FROM (SELECT row_number() OVER () AS n, colour, thing
      FROM unnest(ARRAY['blue', 'green', 'plain', 'red', 'striped']) AS colour,
           unnest(ARRAY['apron', 'bowl', 'cup', 'jug', 'plate', 'pot', 'tray', 'vase']) AS thing) AS goods;

INSERT INTO customer SELECT n, 'customer ' || n FROM generate_series(1, 240) AS n;

-- Customers who are signed in already.
INSERT INTO session (token, customer) SELECT md5('visitor ' || n), n FROM generate_series(1, 240) AS n;

-- Orders 1 to 480: customer c made c and c + 240.
INSERT INTO orders (reference, basket, customer, items, cents)
SELECT upper(left(md5('order ' || n), 12)), 'earlier-' || n, (n - 1) % 240 + 1,
       (n - 1) % 40 + 1 || 'x2', 2 * (500 + 37 * ((n - 1) % 40 + 1))
FROM generate_series(1, 480) AS n;
