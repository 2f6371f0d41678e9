create table t (a int, b text, c numeric(10,2));
create table u (id int primary key, name varchar(20), v float8, ts timestamptz, d date, flag boolean);
create table w (id int primary key, u_id int, t_name text, arr int[], js jsonb, j json);
create table gen (id int generated always as identity, g int generated always as (1) stored, x text default 'q', n int not null default 7);
create table "Odd" ("Col" int, "select" text);
create table k2 (x int, y int, z text, primary key (x, y));
create table many (i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, n numeric, tx text, vc varchar(5), bc char(3), nm name, by bytea, da date, ti time, tz timetz, ts timestamp, tstz timestamptz, iv interval, uu uuid, oi oid, bo boolean, js json, jb jsonb, ia int[], ta text[], ip inet, bi bit(4), vb varbit, ch "char");
