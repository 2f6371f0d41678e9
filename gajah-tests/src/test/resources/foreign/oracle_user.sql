-- What a user of oracle_fdw has lying about, with H2 in Oracle's mode for the Oracle. Lines below a statement say what it gives:
-- "-- =" a row, "-- ~" words of its output, "-- !" the SQLSTATE and words of its error.

CREATE EXTENSION oracle_fdw;
SELECT fdwname, fdwhandler::regproc, fdwvalidator::regproc FROM pg_foreign_data_wrapper WHERE fdwname = 'oracle_fdw';
-- = oracle_fdw|oracle_fdw_handler|oracle_fdw_validator
SELECT srvname FROM pg_foreign_server ORDER BY 1;
-- = oracle_fdw_template_server
ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname}');

-- servers
CREATE SERVER oradb FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver '//dbserver.mydomain.com:1521/ORADB');
CREATE SERVER xe FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver '//localhost/XE', isolation_level 'read_only', nchar 'true', set_timezone 'off');
CREATE SERVER local_one FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver '');
CREATE SERVER wrong FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'x', isolation 'serializable');
-- ! HV00D isolation_level, nchar, set_timezone
CREATE SERVER wrong FOREIGN DATA WRAPPER oracle_fdw OPTIONS (isolation_level 'serializable');
-- ! HV00J missing required option "dbserver"
CREATE SERVER hr FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'h2/scripted');
ALTER SERVER hr OPTIONS (ADD isolation_level 'read_committed');
ALTER SERVER hr OPTIONS (SET isolation_level 'repeatable');
-- ! HV024 serializable/read_committed/read_only
CREATE FOREIGN DATA WRAPPER oracle_german HANDLER oracle_fdw_handler VALIDATOR oracle_fdw_validator OPTIONS (nls_lang 'GERMAN_GERMANY.AL32UTF8');
CREATE SERVER german FOREIGN DATA WRAPPER oracle_german OPTIONS (dbserver '//localhost/XE');
DROP FOREIGN DATA WRAPPER oracle_german CASCADE;

-- a plain user
CREATE ROLE pguser LOGIN;
GRANT CREATE, USAGE ON SCHEMA public TO pguser;
SET ROLE pguser;
CREATE FOREIGN TABLE nowhere (id integer) SERVER hr OPTIONS (table 'EMP');
-- ! 42501 permission denied for foreign server hr
CREATE USER MAPPING FOR pguser SERVER hr OPTIONS (user 'SA', password '');
-- ! 42501 permission denied for foreign server hr
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER hr TO pguser;
SET ROLE pguser;
CREATE USER MAPPING FOR pguser SERVER hr OPTIONS (user 'SA', password '');
SELECT umoptions FROM pg_user_mappings WHERE srvname = 'hr';
-- = {user=SA,password=}
CREATE FOREIGN TABLE emp (
    id integer OPTIONS (key 'true') NOT NULL,
    name character varying(30),
    salary double precision,
    hired timestamp(0) without time zone,
    boss integer DEFAULT 1,
    active boolean
) SERVER hr OPTIONS (schema 'HR', table 'EMP');
SELECT count(*) FROM emp;
-- = 4
SELECT id, name, salary, hired::text, boss, active FROM emp ORDER BY id;
-- = 1|King|5000|2001-11-17 08:00:00|null|t
-- = 2|Blake|2850.5|2003-05-01 00:00:00|1|t
-- = 3|Clark|2450|2004-06-09 12:30:00|1|f
-- = 4|Ward|null|null|2|null
EXPLAIN SELECT name FROM emp WHERE id = 3;
-- ~ Foreign Scan on emp
-- ~ Oracle query: SELECT "NAME" FROM "HR"."EMP" WHERE (("ID" = 3))
EXPLAIN VERBOSE SELECT name FROM emp WHERE salary > 2800 AND upper(name) = 'KING';
-- ~ ("SALARY" >= 2799.997199999)
-- ~ local: no routine mapping for upper
-- ~ Oracle plan:
SELECT name FROM emp WHERE salary > 2800 AND upper(name) = 'KING';
-- = King
SELECT id FROM emp WHERE ctid = '(0,1)';
-- ! 0A000 system column "ctid" is not supported
SELECT oracle_diag() LIKE 'oracle_fdw %';
-- = t
SELECT oracle_diag(NULL) LIKE 'oracle_fdw %';
-- = t
SELECT oracle_diag('hr') LIKE '%isolation read committed%';
-- = t
SELECT oracle_diag('oradb');
-- ! 42501 permission denied for foreign server oradb
RESET ROLE;

-- changes
INSERT INTO emp (id, name, salary) VALUES (5, 'Smith', 800);
-- ! 42704 user mapping not found for user "postgres", server "hr"
SET ROLE pguser;
INSERT INTO emp (id, name, salary) VALUES (5, 'Smith', 800) RETURNING id, boss, active;
-- = 5|1|null
UPDATE emp SET salary = salary * 2, active = true WHERE id = 5 RETURNING salary, active;
-- = 1600|t
UPDATE emp SET id = 6 WHERE id = 5;
-- ! HV00L cannot update key column "id"
DELETE FROM emp WHERE name = 'Smith' RETURNING id;
-- = 5
BEGIN;
INSERT INTO emp (id, name) VALUES (7, 'Adams');
SAVEPOINT s;
INSERT INTO emp (id, name) VALUES (8, 'James');
ROLLBACK TO s;
SELECT oracle_close_connections();
-- ! HV010 connections with an active transaction
ROLLBACK;
SELECT count(*) FROM emp;
-- = 4
SELECT oracle_close_connections();
-- = 
CREATE FOREIGN TABLE keyless (id integer, name text) SERVER hr OPTIONS (schema 'HR', table 'EMP');
DELETE FROM keyless WHERE id = 4;
-- ! HV00L no primary key column
ALTER FOREIGN TABLE keyless ALTER COLUMN id OPTIONS (ADD key 'true');
BEGIN;
DELETE FROM keyless WHERE id = 4;
ROLLBACK;
ALTER FOREIGN TABLE keyless ALTER COLUMN id OPTIONS (SET key 'false');
DELETE FROM keyless WHERE id = 4;
-- ! HV00L no primary key column
ALTER FOREIGN TABLE keyless ALTER COLUMN id OPTIONS (SET key 'true'), OPTIONS (ADD readonly 'yes');
DELETE FROM keyless WHERE id = 4;
-- ! 55000 does not allow
ALTER FOREIGN TABLE keyless OPTIONS (DROP readonly, ADD prefetch '1000', ADD max_long '100000', ADD lob_prefetch '0', ADD sample_percent '10.5');
ALTER FOREIGN TABLE keyless OPTIONS (ADD tablespace 'X');
-- ! HV00D table, dblink, schema, max_long, readonly, sample_percent, prefetch, lob_prefetch
SELECT name FROM keyless WHERE id = 2;
-- = Blake
ANALYZE keyless;

-- more and fewer columns, of types that suit or not
CREATE FOREIGN TABLE more (id integer, a text, b text, c date, d integer, e integer, f text) SERVER hr OPTIONS (schema 'HR', table 'EMP');
SELECT id, a, c, d, e, f FROM more WHERE id = 2;
-- = 2|Blake|2003-05-01|1|1|null
CREATE FOREIGN TABLE fewer (number text) SERVER hr OPTIONS (schema 'HR', table 'EMP');
SELECT number FROM fewer ORDER BY 1;
-- = 1
-- = 2
-- = 3
-- = 4
CREATE FOREIGN TABLE unsuited (id date, name text) SERVER hr OPTIONS (schema 'HR', table 'EMP');
SELECT count(name) FROM unsuited;
-- = 4
SELECT id FROM unsuited;
-- ! HV004 column "id" of foreign table "unsuited" is of type date
CREATE FOREIGN TABLE linked (id integer) SERVER hr OPTIONS (schema 'HR', table 'EMP', dblink 'OTHER.WORLD');
SELECT count(*) FROM linked;
-- ! 42000 "HR"."EMP"@OTHER.WORLD
CREATE FOREIGN TABLE queried (id integer, name text) SERVER hr OPTIONS (table '(SELECT id, name FROM hr.emp WHERE active = 1)', readonly 'true');
SELECT id FROM queried;
-- ! 42501 pg_execute_server_program
RESET ROLE;
ALTER FOREIGN TABLE queried OWNER TO CURRENT_USER;
CREATE USER MAPPING FOR CURRENT_USER SERVER hr OPTIONS (user 'SA', password '');
SELECT id FROM queried WHERE name LIKE 'B%';
-- = 2
SELECT oracle_execute('hr', 'CREATE TABLE hr.made (n NUMBER(5))');
-- = 
SELECT oracle_execute('hr', 'DROP TABLE hr.nothing');
-- ! 42S02
CREATE SCHEMA imported;
IMPORT FOREIGN SCHEMA "HR" LIMIT TO (emp, made) FROM SERVER hr INTO imported OPTIONS (case 'lower', prefetch '100');
SELECT relname, ftoptions FROM pg_foreign_table JOIN pg_class c ON c.oid = ftrelid WHERE relnamespace = 'imported'::regnamespace ORDER BY 1;
-- = emp|{schema=HR,table=EMP,prefetch=100}
-- = made|{schema=HR,table=MADE,prefetch=100}
IMPORT FOREIGN SCHEMA "HR" EXCEPT (emp, made) FROM SERVER hr INTO imported OPTIONS (collation 'C', readonly 'true', skip_views 'true');
SELECT attname, format_type(atttypid, atttypmod), attfdwoptions FROM pg_attribute WHERE attrelid = 'imported.odd'::regclass AND attnum > 0 ORDER BY attnum;
-- = id|smallint|{key=true}
-- = place|text|null
-- = took|interval(2)|null
-- = age|interval|null
-- = note|text|null
SELECT id, took, age, note FROM imported.odd;
-- = 1|1 day 02:03:04.5|1 year 2 mons|a note
SELECT place FROM imported.odd;
-- ! 0A000 Oracle type GEOMETRY of column "place" of foreign table "odd" is not supported
SELECT id FROM imported.few;
-- ! 42P01
IMPORT FOREIGN SCHEMA hr FROM SERVER hr INTO imported;
-- ! HV00Q Enclose the schema name in double quotes

-- mappings, as the manual of oracle_fdw 1.0.0 has them
SELECT count(*) > 25 FROM oracle_fdw.pg_routine_mapping;
-- = t
SELECT id FROM emp WHERE mod(id, 2) = 0 ORDER BY id;
-- = 2
-- = 4
INSERT INTO oracle_fdw.pg_routine_mapping SELECT 'mod(integer,integer)', oid, '{"format=MOD(%s,%s)"}' FROM pg_foreign_server WHERE srvname = 'hr';
EXPLAIN SELECT id FROM emp WHERE mod(id, 2) = 0;
-- ~ WHERE ((MOD("ID",2) = 0))
UPDATE oracle_fdw.pg_routine_mapping SET rmoptions = '{"format=MOD(%1$s, %2$s)"}' WHERE rmproc = 'mod(integer,integer)'::regprocedure AND rmserver = (SELECT oid FROM pg_foreign_server WHERE srvname = 'hr');
EXPLAIN SELECT id FROM emp WHERE mod(id, 2) = 0;
-- ~ WHERE ((MOD("ID", 2) = 0))
INSERT INTO oracle_fdw.pg_routine_mapping SELECT 'concat("any")', oid, '{"format=CONCAT(%s,%s)"}' FROM pg_foreign_server WHERE srvname = 'hr';
-- ! HV00J nargs
INSERT INTO oracle_fdw.pg_routine_mapping SELECT t.rmproc, s.oid, t.rmoptions FROM pg_foreign_server s, (SELECT * FROM oracle_fdw.pg_routine_mapping r, pg_foreign_server s WHERE srvname = 'oracle_fdw_template_server' AND r.rmserver = s.oid) t WHERE s.srvname = 'hr';
WITH filtered AS (SELECT name FROM emp WHERE substr(name, 2, 3) = 'lak') SELECT count(*) FROM filtered WHERE translate(name, 'Blake', '') = '';
-- = 1
EXPLAIN WITH filtered AS (SELECT name FROM emp WHERE substr(name, 2, 3) = 'lak') SELECT count(*) FROM filtered WHERE translate(name, 'Blake', '') = '';
-- ~ CTE Scan on filtered
SET ROLE pguser;
DELETE FROM oracle_fdw.pg_routine_mapping;
-- ! 42501 permission denied for table pg_routine_mapping
SELECT count(*) FROM oracle_fdw.pg_routine_mapping;
-- ! 42501 permission denied for table pg_routine_mapping
SELECT name FROM emp WHERE lower(name) = 'ward';
-- = Ward
RESET ROLE;
GRANT SELECT, DELETE ON oracle_fdw.pg_routine_mapping TO pguser;
SET ROLE pguser;
DELETE FROM oracle_fdw.pg_routine_mapping WHERE rmproc = 'mod(integer,integer)'::regprocedure;
RESET ROLE;
DROP SERVER hr;
-- ! 2BP01
DROP SERVER hr CASCADE;
DROP EXTENSION oracle_fdw CASCADE;
SELECT count(*) FROM pg_foreign_server;
-- = 0
