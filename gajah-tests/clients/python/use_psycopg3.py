import datetime as dt
import threading

import psycopg
from psycopg import errors, sql
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from psycopg.types.json import Json, Jsonb

from scratch import run_in
from values import VALUES

DATABASE = "client_psycopg3"


def run(test):
    run_in(DATABASE, test)


def adapted(type_, value):
    return Json(value) if type_ == "json" else Jsonb(value) if type_ == "jsonb" else value


def test_connection_info(c):
    i = c.info
    assert i.server_version == 180006 and i.dbname == DATABASE and i.user == "postgres" and i.encoding == "utf-8"
    assert i.transaction_status == TransactionStatus.IDLE and i.backend_pid > 0
    assert i.parameter_status("server_encoding") == "UTF8" and i.parameter_status("integer_datetimes") == "on"


def _values(c, binary):
    for type_, value in VALUES:
        cursor = c.cursor(binary=binary)
        got = cursor.execute(f"SELECT %s::{type_}", (adapted(type_, value),)).fetchone()[0]
        got = got.decode() if type_ in ('"char"', "name") and isinstance(got, bytes) else got
        assert got == value, (type_, value, got)


def test_values_in_text(c):
    _values(c, False)


def test_values_in_binary(c):
    _values(c, True)


def test_binary_parameters(c):
    for type_, value in VALUES:
        if type_ in ("timetz", "interval", "name", '"char"', "varchar(5)"):
            continue
        got = c.execute(f"SELECT %b::{type_}", (adapted(type_, value),), binary=True).fetchone()[0]
        assert got == value, (type_, value, got)


def test_prepared_by_repetition(c):
    for i in range(12):
        assert c.execute("SELECT %s + 1", (i,)).fetchone() == (i + 1,)
    count = c.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()[0]
    assert count >= 1, count
    c.execute("SELECT %s::text || 'x'", ("a",), prepare=True)


def test_nested_transactions(c):
    c.execute("CREATE TABLE t (a int)")
    c.commit()
    with c.transaction():
        c.execute("INSERT INTO t VALUES (1)")
        try:
            with c.transaction():
                c.execute("INSERT INTO t VALUES (2)")
                c.execute("SELECT 1/0")
        except errors.DivisionByZero:
            pass
        with c.transaction("named"):
            c.execute("INSERT INTO t VALUES (3)")
        with c.transaction(force_rollback=True):
            c.execute("INSERT INTO t VALUES (4)")
    assert c.execute("SELECT array_agg(a ORDER BY a) FROM t").fetchone() == ([1, 3],)
    c.rollback()
    assert c.info.transaction_status == TransactionStatus.IDLE


def test_pipeline(c):
    c.autocommit = True
    c.execute("CREATE TABLE t (a int PRIMARY KEY)")
    with c.pipeline():
        cursors = [c.execute("INSERT INTO t VALUES (%s) RETURNING a", (i,)) for i in range(20)]
        total = c.execute("SELECT sum(a) FROM t")
    assert [x.fetchone()[0] for x in cursors] == list(range(20)) and total.fetchone() == (190,)


def test_pipeline_with_an_error(c):
    c.autocommit = True
    c.execute("CREATE TABLE t (a int PRIMARY KEY)")
    try:
        with c.pipeline() as p:
            c.execute("INSERT INTO t VALUES (1)")
            p.sync()
            c.execute("INSERT INTO t VALUES (2)")
            c.execute("INSERT INTO t VALUES (1)")
            c.execute("INSERT INTO t VALUES (3)")
        raise AssertionError("no error")
    except (errors.UniqueViolation, errors.PipelineAborted):
        pass
    assert c.execute("SELECT array_agg(a ORDER BY a) FROM t").fetchone() == ([1],)


def test_executemany_returning(c):
    cursor = c.cursor()
    cursor.execute("CREATE TABLE t (id serial, v text)")
    cursor.executemany("INSERT INTO t (v) VALUES (%s) RETURNING id", [("a",), ("b",), ("c",)], returning=True)
    ids = []
    while True:
        ids.append(cursor.fetchone()[0])
        if not cursor.nextset():
            break
    assert ids == [1, 2, 3]


def test_server_side_cursor(c):
    with c.cursor("big") as cursor:
        cursor.execute("SELECT i, 'x' || i FROM generate_series(1, 1000) i WHERE i > %s", (10,))
        assert cursor.fetchone() == (11, "x11")
        assert len(cursor.fetchmany(100)) == 100
        assert sum(1 for _ in cursor) == 889
    with c.cursor("scroll", scrollable=True, binary=True) as cursor:
        cursor.execute("SELECT i FROM generate_series(1, 10) i")
        cursor.scroll(5)
        assert cursor.fetchone() == (6,)
        cursor.scroll(0, mode="absolute")
        assert cursor.fetchone() == (1,)


def test_stream(c):
    assert sum(r[0] for r in c.cursor().stream("SELECT i FROM generate_series(1, 100) i")) == 5050


def test_rows_and_description(c):
    cursor = c.cursor(row_factory=dict_row)
    cursor.execute("SELECT 1::int8 AS a, 'x'::varchar(7) AS b, 1.5::numeric(6,2) AS c")
    assert cursor.fetchone()["b"] == "x"
    d = cursor.description
    assert [x.type_code for x in d] == [20, 1043, 1700] and d[1].display_size == 7 and (d[2].precision, d[2].scale) == (6, 2)


def test_several_results(c):
    cursor = c.execute("SELECT 1; SELECT 2, 3")
    assert cursor.fetchone() == (1,)
    assert cursor.nextset() and cursor.fetchone() == (2, 3)


def test_errors(c):
    c.execute("CREATE TABLE t (a int CHECK (a > 0))")
    c.commit()
    try:
        c.execute("INSERT INTO t VALUES (%s)", (-1,))
        raise AssertionError("no error")
    except errors.CheckViolation as e:
        assert e.diag.constraint_name == "t_a_check" and e.diag.message_detail == "Failing row contains (-1)."
    assert c.info.transaction_status == TransactionStatus.INERROR
    c.rollback()
    try:
        c.execute("SELECT * FROM nope WHERE a = %s", (1,))
        raise AssertionError("no error")
    except errors.UndefinedTable as e:
        assert e.diag.statement_position == "15"
    c.rollback()


def test_notices(c):
    seen = []
    c.add_notice_handler(lambda d: seen.append((d.severity, d.message_primary)))
    c.execute("DROP TABLE IF EXISTS nope")
    assert seen == [("NOTICE", 'table "nope" does not exist, skipping')]


def test_copy_in_and_out(c):
    c.execute("CREATE TABLE t (a int, b text, d date)")
    cursor = c.cursor()
    with cursor.copy("COPY t FROM STDIN") as copy:
        copy.write("1\tone\t2024-01-01\n")
        copy.write_row((2, None, dt.date(2024, 1, 2)))
    assert cursor.rowcount == 2
    with cursor.copy("COPY t TO STDOUT") as copy:
        assert b"".join(bytes(x) for x in copy) == b"1\tone\t2024-01-01\n2\t\\N\t2024-01-02\n"
    with cursor.copy("COPY (SELECT a, b FROM t ORDER BY a) TO STDOUT") as copy:
        copy.set_types(["int4", "text"])
        assert list(copy.rows()) == [(1, "one"), (2, None)]
    try:
        with cursor.copy("COPY t FROM STDIN") as copy:
            copy.write("3\tx\t2024-01-01\n")
            raise RuntimeError("stop")
    except (RuntimeError, errors.QueryCanceled):
        pass
    assert c.info.transaction_status == TransactionStatus.INERROR
    c.rollback()


def test_binary_copy(c):
    c.execute("CREATE TABLE t (a int, b text)")
    cursor = c.cursor()
    with cursor.copy("COPY t FROM STDIN (FORMAT binary)") as copy:
        copy.set_types(["int4", "text"])
        copy.write_row((1, "one"))
    with cursor.copy("COPY t TO STDOUT (FORMAT binary)") as copy:
        copy.set_types(["int4", "text"])
        assert list(copy.rows()) == [(1, "one")]


def test_notifications(c):
    c.autocommit = True
    c.execute("LISTEN chan")
    with psycopg.connect(dbname=DATABASE, autocommit=True) as other:
        other.execute("SELECT pg_notify('chan', 'hello')")
        pid = other.info.backend_pid
    note = next(c.notifies())
    assert (note.channel, note.payload, note.pid) == ("chan", "hello", pid)


def test_cancel(c):
    timer = threading.Timer(0.3, c.cancel)
    timer.start()
    try:
        c.execute("SELECT pg_sleep(30)")
        raise AssertionError("no error")
    except errors.QueryCanceled:
        c.rollback()


def test_isolation_and_read_only(c):
    c.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    c.read_only = True
    assert c.execute("SHOW transaction_isolation").fetchone() == ("repeatable read",)
    try:
        c.execute("CREATE TABLE t (a int)")
        raise AssertionError("no error")
    except errors.ReadOnlySqlTransaction:
        c.rollback()


def test_type_information(c):
    from psycopg.types import TypeInfo
    from psycopg.types.composite import CompositeInfo, register_composite
    assert TypeInfo.fetch(c, "int4").array_oid == 1007
    assert TypeInfo.fetch(c, "nope") is None
    c.execute("CREATE TYPE pair AS (a int, b text)")
    register_composite(CompositeInfo.fetch(c, "pair"), c)
    got = c.execute("SELECT (1, 'x')::pair").fetchone()[0]
    assert (got.a, got.b) == (1, "x")


def test_composition(c):
    q = sql.SQL("SELECT {}, {} AS {}").format(sql.Literal(dt.date(2024, 1, 1)), sql.Literal([1, 2]), sql.Identifier('A "b"'))
    cursor = c.execute(q)
    assert cursor.fetchone() == (dt.date(2024, 1, 1), [1, 2]) and cursor.description[1].name == 'A "b"'


def test_many_connections(c):
    open_ = [psycopg.connect(dbname=DATABASE, autocommit=True) for _ in range(20)]
    assert [x.execute("SELECT %s", (i,)).fetchone()[0] for i, x in enumerate(open_)] == list(range(20))
    for x in open_:
        x.close()


def _same(type_, got, wanted):
    if type_ in ('"char"', "name"):
        got = [x.decode() if isinstance(x, bytes) else x for x in got]
    assert got == wanted, (type_, wanted, got)


def test_arrays_of_every_type_in_both_formats(c):
    for binary in (False, True):
        for type_, value in VALUES:
            if value is None or type_.endswith("[]"):
                continue
            cursor = c.cursor(binary=binary)
            got = cursor.execute(f"SELECT ARRAY[%s::{type_}, NULL]", (adapted(type_, value),)).fetchone()[0]
            _same(type_, got, [value, None])
            if not type_.startswith("json"):
                _same(type_, cursor.execute(f"SELECT %s::{type_}[]", ([value, None],)).fetchone()[0], [value, None])


def test_values_in_tables_in_both_formats(c):
    for binary in (False, True):
        for type_, value in VALUES:
            cursor = c.cursor(binary=binary)
            cursor.execute(f"CREATE TABLE v (id int, x {type_})")
            cursor.executemany("INSERT INTO v VALUES (%s, %s)", [(1, adapted(type_, value)), (2, None)])
            got = cursor.execute("SELECT x FROM v ORDER BY id").fetchall()
            _same(type_, [r[0] for r in got], [value, None])
            cursor.execute("DROP TABLE v")


def test_names_of_things(c):
    for binary in (False, True):
        cursor = c.cursor(binary=binary)
        cursor.execute("SELECT %s::regclass::text, %s::regtype::text, %s::regproc::text, %s::regprocedure::text, %s::regrole::text, %s::regnamespace::text",
                       ("pg_class", "int4", "now", "abs(int4)", "postgres", "pg_catalog"))
        assert cursor.fetchone() == ("pg_class", "integer", "now", "abs(integer)", "postgres", "pg_catalog")
        assert cursor.execute("SELECT 'pg_class'::regclass::oid, 'unknown literal', pg_sleep(0)").fetchone()[:2] == (1259, "unknown literal")


def test_records_and_ranges(c):
    from psycopg.types.range import Range
    from psycopg.types.multirange import Multirange
    assert c.execute("SELECT (1, 'x', NULL)").fetchone()[0] == ("1", "x", None)
    assert c.cursor(binary=True).execute("SELECT (1, 'x'::text, NULL::int)").fetchone()[0] == (1, "x", None)
    for binary in (False, True):
        cursor = c.cursor(binary=binary)
        span = Range(dt.date(2024, 1, 1), dt.date(2024, 2, 1))
        assert cursor.execute("SELECT %s::daterange, %s::int4range", (span, Range(1, 5, "[]"))).fetchone() == (span, Range(1, 6))
        both = Multirange([Range(1, 3), Range(5, 7)])
        assert cursor.execute("SELECT %s::int4multirange", (both,)).fetchone() == (both,)


def test_addresses(c):
    import ipaddress as ip
    values = (ip.ip_address("10.1.2.3"), ip.ip_interface("192.168.1.5/24"), ip.ip_network("10.0.0.0/8"), ip.ip_address("2001:db8::1"))
    for binary in (False, True):
        got = c.cursor(binary=binary).execute("SELECT %s::inet, %s::inet, %s::cidr, %s::inet", values).fetchone()
        assert got == values, got


def test_transactions_in_a_pipeline(c):
    c.autocommit = True
    c.execute("CREATE TABLE t (a int PRIMARY KEY)")
    with c.pipeline():
        with c.transaction():
            c.execute("INSERT INTO t VALUES (1)")
            try:
                with c.transaction():
                    c.execute("INSERT INTO t VALUES (2)")
                    c.execute("INSERT INTO t VALUES (1)")
            except errors.UniqueViolation:
                pass
            c.execute("INSERT INTO t VALUES (3)")
        late = c.execute("SELECT array_agg(a ORDER BY a) FROM t")
    assert late.fetchone() == ([1, 3],)


def test_executemany_in_a_pipeline(c):
    c.autocommit = True
    c.execute("CREATE TABLE t (a int, b text)")
    with c.pipeline() as p, c.cursor() as cursor:
        cursor.executemany("INSERT INTO t VALUES (%s, %s)", [(i, str(i)) for i in range(500)])
        p.sync()
        found = c.execute("SELECT count(*), max(b) FROM t WHERE a >= %s", (250,))
    assert found.fetchone() == (250, "499")


def test_held_cursor_and_cursor_of_changes(c):
    c.execute("CREATE TABLE t (a int)")
    c.execute("INSERT INTO t SELECT generate_series(1, 10)")
    with c.cursor("held", withhold=True) as cursor:
        cursor.execute("SELECT a FROM t ORDER BY a")
        c.commit()
        assert [r[0] for r in cursor.fetchmany(3)] == [1, 2, 3]
        c.rollback()
        assert len(cursor.fetchall()) == 7
    got = [r[0] for r in c.cursor().stream("UPDATE t SET a = a + 1 WHERE a > %s RETURNING a", (8,))]
    assert sorted(got) == [10, 11]


def test_connection_parameters(c):
    with psycopg.connect(dbname=DATABASE, application_name="me", options="-c work_mem=3MB -c search_path=a,public") as other:
        assert other.info.get_parameters()["application_name"] == "me"
        assert other.execute("SELECT current_setting('work_mem'), current_setting('search_path'), current_setting('application_name')").fetchone() \
            == ("3MB", "a,public", "me")
        other.execute("SET TimeZone = 'Asia/Tokyo'")
        assert other.info.parameter_status("TimeZone") == "Asia/Tokyo"
        other.rollback()
        assert other.info.parameter_status("TimeZone") != "Asia/Tokyo"
        assert other.info.host in ("127.0.0.1", "localhost") and other.info.error_message == ""
