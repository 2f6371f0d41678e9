CREATE TABLE customer (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, age int CHECK (age >= 0), joined date DEFAULT '2024-01-01');
CREATE TABLE purchase (id bigserial PRIMARY KEY, customer_id int NOT NULL REFERENCES customer ON DELETE CASCADE, amount numeric(8,2) DEFAULT 0, vat numeric GENERATED ALWAYS AS (amount * 0.2) STORED);
CREATE INDEX purchase_amount ON purchase (amount DESC) WHERE amount > 10;
CREATE VIEW totals AS SELECT customer_id, sum(amount) AS total FROM purchase GROUP BY customer_id;
CREATE SEQUENCE counter;
CREATE SCHEMA extra;
CREATE TABLE extra.thing (a int);
COMMENT ON TABLE customer IS 'people who buy';
\d
\dt
\dt *.thing
\di
\ds
\dv
\dn
\d customer
\d purchase
\d totals
\d counter
\d customer_pkey
\d nope
\d+ customer
\d+ totals
\dT
\df
\dC int4
\dp customer
