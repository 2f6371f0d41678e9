SELECT 1 AS a, 'x' AS b, NULL AS c, 1.50 AS d, true AS e;
\x
SELECT 1 AS a, E'two\nlines' AS b;
\x
\pset null '(null)'
SELECT NULL, ARRAY[1, NULL];
\t
SELECT 1;
\t
\a
SELECT 1, 2;
\a
SELECT 1 \gset v_
\echo :v_?column?
SELECT 5 AS five \gset
\echo :five
SELECT :five + 1, :'five', :"five" FROM (SELECT 1 AS "5") q;
SELECT 1; SELECT 2 \; SELECT 3;
SELECT 1/0;
\errverbose
SELECT nope;
INSERT INTO nope VALUES (1);
SELECT 'a' \gdesc
SELECT 'SELECT ' || i FROM generate_series(1, 2) i \gexec
SELECT r, c, r * c AS v FROM generate_series(1, 2) r, generate_series(1, 2) c \crosstabview r c v
BEGIN;
SELECT 1;
SELECT oops;
SELECT 2;
ROLLBACK;
\set ON_ERROR_ROLLBACK on
BEGIN;
CREATE TABLE kept (a int);
SELECT oops;
INSERT INTO kept VALUES (1);
COMMIT;
SELECT * FROM kept;
SELECT 1;
\encoding
\if true
\echo yes
\endif
\set FETCH_COUNT 2
SELECT * FROM generate_series(1, 5);
\unset FETCH_COUNT
\! echo shell
