CREATE TABLE t (a int, b text);
\copy t FROM stdin
1	one
2	\N
\.
COPY t FROM STDIN (FORMAT csv);
3,"three, 3"
4,
\.
SELECT * FROM t ORDER BY a;
\copy t TO stdout
\copy (SELECT a FROM t WHERE a > 2 ORDER BY a) TO stdout (FORMAT csv, HEADER)
COPY t TO STDOUT;
\copy t FROM stdin
x	bad
\.
\copy nope FROM stdin
1
\.
SELECT count(*) FROM t;
\copy t TO '/dev/null'
\copy t FROM '/nonexistent/file'
