CREATE EXTENSION postgres_fdw;
CREATE FOREIGN DATA WRAPPER plain OPTIONS (debug 'true');
COMMENT ON FOREIGN DATA WRAPPER plain IS 'without a handler';
CREATE SERVER far TYPE 'postgres' VERSION '18' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db1', dbname 'sales', fetch_size '100');
CREATE SERVER near FOREIGN DATA WRAPPER plain;
COMMENT ON SERVER far IS 'the other one';
CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user 'reader', password 'secret');
CREATE USER MAPPING FOR PUBLIC SERVER near;
CREATE FOREIGN TABLE item (id int OPTIONS (column_name 'nr') NOT NULL, name text DEFAULT 'x' COLLATE "C", price numeric(8,2), CHECK (price > 0)) SERVER far OPTIONS (schema_name 's', table_name 'items');
COMMENT ON FOREIGN TABLE item IS 'what is sold';
CREATE FOREIGN TABLE bare () SERVER near;
CREATE VIEW cheap AS SELECT id FROM item WHERE price < 1;
\dew
\dew+
\dew pl*
\des
\des+
\des+ far
\deu
\deu+
\det
\det+
\det+ item
\dE
\dE+
\d item
\d+ item
\d bare
\d+ cheap
\d
\dp item
\z
GRANT USAGE ON FOREIGN SERVER far TO PUBLIC;
GRANT USAGE ON FOREIGN DATA WRAPPER plain TO PUBLIC;
\des+
\dew+
SELECT foreign_table_schema, foreign_table_name, foreign_server_name FROM information_schema.foreign_tables ORDER BY 2;
SELECT foreign_server_name, option_name, option_value FROM information_schema.foreign_server_options ORDER BY 1, 2;
SELECT foreign_table_name, option_name, option_value FROM information_schema.foreign_table_options ORDER BY 1, 2;
SELECT authorization_identifier, foreign_server_name, option_name, option_value FROM information_schema.user_mapping_options ORDER BY 1, 2, 3;
SELECT table_name, column_name, option_name, option_value FROM information_schema.column_options;
-- what pg_dump asks for
SELECT fdwname, fdwowner::regrole, fdwhandler::pg_catalog.regproc, fdwvalidator::pg_catalog.regproc, fdwacl, acldefault('F', fdwowner), array_to_string(ARRAY(SELECT quote_ident(option_name) || ' ' || quote_literal(option_value) FROM pg_options_to_table(fdwoptions) ORDER BY option_name), E',\n    ') AS fdwoptions FROM pg_foreign_data_wrapper ORDER BY 1;
SELECT srvname, srvtype, srvversion, srvacl, array_to_string(ARRAY(SELECT quote_ident(option_name) || ' ' || quote_literal(option_value) FROM pg_options_to_table(srvoptions) ORDER BY option_name), E',\n    ') AS srvoptions FROM pg_foreign_server ORDER BY 1;
SELECT usename, array_to_string(ARRAY(SELECT quote_ident(option_name) || ' ' || quote_literal(option_value) FROM pg_options_to_table(umoptions) ORDER BY option_name), E',\n    ') AS umoptions FROM pg_user_mappings ORDER BY usename;
SELECT fs.srvname, array_to_string(array(SELECT quote_ident(option_name) || ' ' || quote_literal(option_value) FROM pg_options_to_table(ftoptions) ORDER BY option_name), E',\n    ') AS ftoptions FROM pg_foreign_table ft JOIN pg_foreign_server fs ON (fs.oid = ft.ftserver) WHERE ft.ftrelid = 'item'::regclass;
SELECT a.attname, a.attcollation::regcollation, pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value) FROM pg_catalog.pg_options_to_table(attfdwoptions) ORDER BY option_name), E',\n    ') AS attfdwoptions FROM pg_attribute a WHERE attrelid = 'item'::regclass AND attnum > 0 ORDER BY attnum;
