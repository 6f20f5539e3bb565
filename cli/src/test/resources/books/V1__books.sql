CREATE TABLE book (key text PRIMARY KEY, title text NOT NULL);
CREATE TABLE flyway_schema_history (
  installed_rank int PRIMARY KEY, version text, description text NOT NULL, checksum int, installed_by text NOT NULL,
  installed_on timestamp NOT NULL DEFAULT now(), success boolean NOT NULL);
INSERT INTO flyway_schema_history VALUES (1, '1', 'books', 17, 'books', now(), true);
INSERT INTO book VALUES ('seed-1', 'there from the start');
