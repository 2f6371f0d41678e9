import datetime as dt
import select

import psycopg2
import psycopg2.extensions
import psycopg2.extras
from psycopg2 import errors, sql

from values import VALUES

psycopg2.extras.register_uuid()
DATABASE = "client_psycopg2"


def run(test):
    admin = psycopg2.connect(dbname="postgres")
    admin.autocommit = True
    cursor = admin.cursor()
    cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
    cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection = psycopg2.connect(dbname=DATABASE)
    try:
        test(connection)
    finally:
        connection.close()
        cursor.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
        admin.close()


def test_connection_info(c):
    assert c.server_version == 180006, c.server_version
    assert c.encoding == "UTF8" and c.info.dbname == DATABASE and c.info.user == "postgres"
    assert c.get_parameter_status("server_version").startswith("18.6")
    assert c.get_parameter_status("standard_conforming_strings") == "on"
    assert c.get_transaction_status() == psycopg2.extensions.TRANSACTION_STATUS_IDLE
    assert c.get_backend_pid() > 0 and c.info.protocol_version == 3


def test_values(c):
    cursor = c.cursor()
    for type_, value in VALUES:
        sent = psycopg2.extras.Json(value) if type_.startswith("json") else value
        cursor.execute(f"SELECT (%s)::{type_}", (sent,))
        got = cursor.fetchone()[0]
        if isinstance(got, memoryview):
            got = bytes(got)
        assert got == value, (type_, value, got)


def test_values_in_a_table(c):
    cursor = c.cursor()
    for type_, value in VALUES:
        sent = psycopg2.extras.Json(value) if type_.startswith("json") else value
        cursor.execute(f"CREATE TABLE v (x {type_})")
        cursor.execute("INSERT INTO v VALUES (%s)", (sent,))
        cursor.execute("SELECT x FROM v")
        got = cursor.fetchone()[0]
        if isinstance(got, memoryview):
            got = bytes(got)
        assert got == value, (type_, value, got)
        cursor.execute("DROP TABLE v")


def test_description_and_rowcount(c):
    cursor = c.cursor()
    cursor.execute("CREATE TABLE t (id serial PRIMARY KEY, name varchar(20), amount numeric(8,2))")
    cursor.execute("INSERT INTO t (name, amount) VALUES ('a', 1), ('b', 2) RETURNING id")
    assert cursor.fetchall() == [(1,), (2,)] and cursor.rowcount == 2
    cursor.execute("SELECT id, name, amount FROM t ORDER BY id")
    assert [d.name for d in cursor.description] == ["id", "name", "amount"]
    assert [d.type_code for d in cursor.description] == [23, 1043, 1700]
    assert cursor.description[2].precision == 8 and cursor.description[2].scale == 2
    assert cursor.statusmessage == "SELECT 2"
    cursor.execute("UPDATE t SET amount = 0 WHERE false")
    assert cursor.rowcount == 0


def test_transactions(c):
    with c:
        with c.cursor() as cursor:
            cursor.execute("CREATE TABLE t (a int)")
            cursor.execute("INSERT INTO t VALUES (1)")
    try:
        with c:
            c.cursor().execute("INSERT INTO t VALUES (2)")
            raise RuntimeError
    except RuntimeError:
        pass
    cursor = c.cursor()
    cursor.execute("SELECT count(*) FROM t")
    assert cursor.fetchone() == (1,)
    try:
        cursor.execute("SELECT nope")
        raise AssertionError("no error")
    except errors.UndefinedColumn as e:
        assert e.pgcode == "42703" and e.diag.statement_position == "8"
    assert c.get_transaction_status() == psycopg2.extensions.TRANSACTION_STATUS_INERROR
    try:
        cursor.execute("SELECT 1")
        raise AssertionError("no error")
    except errors.InFailedSqlTransaction:
        c.rollback()
    c.set_session(isolation_level="REPEATABLE READ", readonly=True)
    cursor.execute("SHOW transaction_isolation")
    assert cursor.fetchone() == ("repeatable read",)
    try:
        cursor.execute("INSERT INTO t VALUES (3)")
        raise AssertionError("no error")
    except errors.ReadOnlySqlTransaction:
        c.rollback()


def test_error_fields(c):
    cursor = c.cursor()
    cursor.execute("CREATE TABLE t (a int CONSTRAINT a_key UNIQUE, b int NOT NULL)")
    c.commit()
    cursor.execute("INSERT INTO t VALUES (1, 1)")
    try:
        cursor.execute("INSERT INTO t VALUES (1, 1)")
        raise AssertionError("no error")
    except errors.UniqueViolation as e:
        d = e.diag
        assert (d.schema_name, d.table_name, d.constraint_name) == ("public", "t", "a_key")
        assert d.message_detail == "Key (a)=(1) already exists." and d.severity == "ERROR"
    c.rollback()
    try:
        cursor.execute("INSERT INTO t VALUES (1, NULL)")
        raise AssertionError("no error")
    except errors.NotNullViolation as e:
        assert e.diag.column_name == "b"
    c.rollback()


def test_notices(c):
    c.cursor().execute("DROP TABLE IF EXISTS nope")
    assert c.notices == ['NOTICE:  table "nope" does not exist, skipping\n'], c.notices


def test_named_cursor(c):
    with c.cursor("big", scrollable=True) as cursor:
        cursor.itersize = 100
        cursor.execute("SELECT i FROM generate_series(1, 1000) i")
        assert sum(row[0] for row in cursor) == 500500
        cursor.scroll(0, mode="absolute")
        assert cursor.fetchone() == (1,)
        cursor.scroll(10)
        assert cursor.fetchmany(2) == [(12,), (13,)]
    c.rollback()
    held = c.cursor("held", withhold=True)
    held.execute("SELECT 7")
    c.commit()
    assert held.fetchall() == [(7,)]
    held.close()


def test_execute_values_and_batch(c):
    cursor = c.cursor()
    cursor.execute("CREATE TABLE t (a int, b text)")
    psycopg2.extras.execute_values(cursor, "INSERT INTO t VALUES %s", [(i, str(i)) for i in range(2500)])
    psycopg2.extras.execute_batch(cursor, "UPDATE t SET b = %s WHERE a = %s", [("x", i) for i in range(50)])
    cursor.executemany("DELETE FROM t WHERE a = %s", [(i,) for i in range(10)])
    cursor.execute("SELECT count(*), count(*) FILTER (WHERE b = 'x') FROM t")
    assert cursor.fetchone() == (2490, 40)


def test_rows_as_dictionaries(c):
    with c.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
        cursor.execute("SELECT 1 AS a, 'x' AS b")
        assert cursor.fetchone() == {"a": 1, "b": "x"}


def test_adaptation(c):
    cursor = c.cursor()
    cursor.execute("SELECT %s IN %s, %s = ANY(%s), %s", (1, (1, 2), 3, [1, 3], ("a", "b")[0]))
    assert cursor.fetchone() == (True, True, "a")
    cursor.execute(sql.SQL("SELECT {} AS {}").format(sql.Literal("it's"), sql.Identifier("Od\"d")))
    assert cursor.fetchone() == ("it's",)
    cursor.execute("SELECT ARRAY[]::text[], NULL::int[], '{1,NULL}'::int[]")
    assert cursor.fetchone() == ([], None, [1, None])


def test_copy(c):
    import io
    cursor = c.cursor()
    cursor.execute("CREATE TABLE t (a int, b text)")
    cursor.copy_from(io.StringIO("1\tone\n2\t\\N\n"), "t")
    cursor.copy_expert("COPY t FROM STDIN (FORMAT csv)", io.StringIO('3,"x, y"\n'))
    out = io.StringIO()
    cursor.copy_to(out, "t")
    assert out.getvalue() == "1\tone\n2\t\\N\n3\tx, y\n", out.getvalue()
    try:
        cursor.copy_from(io.StringIO("bad\tx\n"), "t")
        raise AssertionError("no error")
    except errors.InvalidTextRepresentation as e:
        assert "COPY t, line 1, column a" in str(e)


def test_notifications(c):
    c.set_isolation_level(psycopg2.extensions.ISOLATION_LEVEL_AUTOCOMMIT)
    cursor = c.cursor()
    cursor.execute("LISTEN chan")
    other = psycopg2.connect(dbname=DATABASE)
    other.autocommit = True
    other.cursor().execute("NOTIFY chan, 'hello'")
    pid = other.get_backend_pid()
    assert select.select([c], [], [], 10)[0], "nothing arrived"
    c.poll()
    note = c.notifies.pop()
    assert (note.channel, note.payload, note.pid) == ("chan", "hello", pid)
    other.close()


def test_cancel(c):
    import threading
    timer = threading.Timer(0.3, c.cancel)
    timer.start()
    try:
        c.cursor().execute("SELECT pg_sleep(30)")
        raise AssertionError("no error")
    except errors.QueryCanceled:
        c.rollback()


def test_savepoints_and_autocommit(c):
    cursor = c.cursor()
    cursor.execute("CREATE TABLE t (a int)")
    cursor.execute("SAVEPOINT s")
    cursor.execute("INSERT INTO t VALUES (1)")
    cursor.execute("ROLLBACK TO SAVEPOINT s")
    c.commit()
    c.autocommit = True
    cursor.execute("SELECT count(*) FROM t")
    assert cursor.fetchone() == (0,)
    assert c.get_transaction_status() == psycopg2.extensions.TRANSACTION_STATUS_IDLE


def test_time_zones(c):
    cursor = c.cursor()
    cursor.execute("SET TIME ZONE 'Europe/Berlin'")
    cursor.execute("SELECT timestamptz '2024-07-01 12:00+00'")
    got = cursor.fetchone()[0]
    assert got.utcoffset() == dt.timedelta(hours=2) and got.hour == 14
    assert c.get_parameter_status("TimeZone") == "Europe/Berlin"


def test_composite_and_json(c):
    cursor = c.cursor()
    cursor.execute("CREATE TYPE pair AS (a int, b text)")
    psycopg2.extras.register_composite("pair", cursor)
    cursor.execute("SELECT (1, 'x')::pair, '{\"a\": 1}'::jsonb")
    pair, doc = cursor.fetchone()
    assert (pair.a, pair.b) == (1, "x") and doc == {"a": 1}


def test_arrays_of_every_type(c):
    cursor = c.cursor()
    for type_, value in VALUES:
        if value is None or type_.endswith("[]") or type_.startswith("json") or type_ in ('"char"', "bytea", "timetz", "name"):
            continue
        cursor.execute(f"SELECT (%s)::{type_}[]", ([value, None],))
        got = cursor.fetchone()[0]
        assert got == [value, None], (type_, value, got)


def test_ranges_and_addresses(c):
    cursor = c.cursor()
    span = psycopg2.extras.DateRange(dt.date(2024, 1, 1), dt.date(2024, 2, 1))
    cursor.execute("SELECT %s::daterange, %s::int4range, 'empty'::numrange", (span, psycopg2.extras.NumericRange(1, 5, "[]")))
    assert cursor.fetchone() == (span, psycopg2.extras.NumericRange(1, 6), psycopg2.extras.NumericRange(empty=True))
    cursor.execute("SELECT %s::inet::text, '08:00:2b:01:02:03'::macaddr, B'101', (1, 'x')", ("10.1.2.3/24",))
    assert cursor.fetchone() == ("10.1.2.3/24", "08:00:2b:01:02:03", "101", "(1,x)")


def test_named_cursor_in_pieces(c):
    cursor = c.cursor("pieces")
    cursor.execute("SELECT i, repeat('x', i % 50) FROM generate_series(1, 5000) i ORDER BY i")
    seen = 0
    while True:
        rows = cursor.fetchmany(333)
        if not rows:
            break
        assert rows[0][0] == seen + 1
        seen += len(rows)
    assert seen == 5000
    cursor.close()


def test_nested_savepoints(c):
    cursor = c.cursor()
    cursor.execute("CREATE TABLE t (a int PRIMARY KEY)")
    c.commit()
    for i in range(20):
        cursor.execute(f"SAVEPOINT s{i}")
        cursor.execute("INSERT INTO t VALUES (%s)", (i,))
    try:
        cursor.execute("INSERT INTO t VALUES (0)")
        raise AssertionError("no error")
    except errors.UniqueViolation:
        cursor.execute("ROLLBACK TO SAVEPOINT s10")
    cursor.execute("INSERT INTO t VALUES (100)")
    c.commit()
    cursor.execute("SELECT count(*), max(a) FROM t")
    assert cursor.fetchone() == (11, 100)
