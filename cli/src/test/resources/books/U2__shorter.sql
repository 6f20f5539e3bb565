ALTER TABLE book DROP COLUMN length;
DELETE FROM flyway_schema_history WHERE version = '2';
