"""COPY and the state of the connection, as Psycopg 3 defines it: what a program may rely on when it stops in the middle."""
import os
import threading

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from scratch import raises, run_in

DATABASE = "client_psycopg3_copy"
REPETITIONS = int(os.environ.get("COPY_REPETITIONS", "1000"))
MANY = "COPY (SELECT n, repeat('x', 100) FROM generate_series(1, 100000) n) TO STDOUT"


def run(test):
    run_in(DATABASE, test, "CREATE TABLE t (n int PRIMARY KEY, x text)")


class Stop(Exception):
    pass


def usable(c):
    assert c.execute("SELECT 1").fetchone() == (1,)


def test_leaving_normally_before_the_end_keeps_the_connection_busy(c):
    with c.cursor().copy(MANY) as copy:
        copy.read()
    error = raises(psycopg.OperationalError, lambda: c.execute("SELECT 1"))
    assert "another command is already in progress" in str(error), error
    assert c.info.transaction_status == TransactionStatus.ACTIVE


def test_leaving_by_an_exception_cancels_and_drains(c):
    def early():
        with c.cursor().copy(MANY) as copy:
            copy.read()
            raise Stop

    c.autocommit = True
    raises(Stop, early)
    assert c.info.transaction_status == TransactionStatus.IDLE
    usable(c)
    c.autocommit = False
    raises(Stop, early)
    assert c.info.transaction_status == TransactionStatus.INERROR
    c.rollback()
    usable(c)


def test_leaving_by_an_exception_after_everything_was_sent(c):
    for rows in (0, 1, 2):
        c.rollback()
        try:
            with c.cursor().copy(f"COPY (SELECT n FROM generate_series(1, {rows}) n) TO STDOUT") as copy:
                copy.read()
                raise Stop
        except Stop:
            pass
        c.rollback()
        usable(c)


def test_reading_to_the_end_leaves_it_usable(c):
    with c.cursor().copy(MANY) as copy:
        assert sum(bytes(piece).count(b"\n") for piece in copy) == 100000
    usable(c)
    c.commit()


def test_rollback_stops_a_block_early(c):
    c.autocommit = True
    with c.transaction():
        c.execute("INSERT INTO t VALUES (1, 'gone')")
        with c.cursor().copy(MANY) as copy:
            copy.read()
            raise psycopg.Rollback
    assert c.info.transaction_status == TransactionStatus.IDLE
    assert c.execute("SELECT count(*) FROM t").fetchone() == (0,)


def test_rollback_leaves_an_outer_transaction_alone(c):
    c.autocommit = True
    with c.transaction():
        c.execute("INSERT INTO t VALUES (1, 'outer')")
        for _ in range(3):
            with c.transaction():
                c.execute("INSERT INTO t VALUES (2, 'inner')")
                with c.cursor().copy(MANY) as copy:
                    copy.read()
                    raise psycopg.Rollback
            assert c.info.transaction_status == TransactionStatus.INTRANS
        c.execute("INSERT INTO t VALUES (3, 'outer')")
    assert c.execute("SELECT n FROM t ORDER BY n").fetchall() == [(1,), (3,)]


def test_an_exception_in_an_inner_block_leaves_the_outer_one_alone(c):
    c.autocommit = True
    with c.transaction():
        c.execute("INSERT INTO t VALUES (1, 'outer')")
        try:
            with c.transaction():
                with c.cursor().copy(MANY) as copy:
                    copy.read()
                    raise Stop
        except Stop:
            pass
        c.execute("INSERT INTO t VALUES (2, 'outer')")
    assert c.execute("SELECT count(*) FROM t").fetchone() == (2,)


def test_copy_in_ends_by_itself(c):
    with c.cursor().copy("COPY t FROM STDIN") as copy:
        for n in range(1000):
            copy.write_row((n, "x"))
    assert c.execute("SELECT count(*) FROM t").fetchone() == (1000,)
    c.commit()
    with c.cursor().copy("COPY t FROM STDIN"):
        pass
    usable(c)


def test_copy_in_left_by_an_exception_keeps_nothing(c):
    def early():
        with c.cursor().copy("COPY t FROM STDIN") as copy:
            copy.write_row((1, "x"))
            raise Stop

    # older versions let the server's answer go on in place of the program's exception
    raises((Stop, errors.QueryCanceled), early)
    assert c.info.transaction_status == TransactionStatus.INERROR
    c.rollback()
    assert c.execute("SELECT count(*) FROM t").fetchone() == (0,)


def test_copy_in_refused_by_the_server_says_so_at_the_end(c):
    def bad():
        with c.cursor().copy("COPY t FROM STDIN") as copy:
            copy.write("1\ta\nbad\tb\n")
            for n in range(2, 20000):
                copy.write_row((n, "x" * 100))

    raises(errors.InvalidTextRepresentation, bad)
    c.rollback()
    usable(c)


def test_cancel_in_the_middle_of_copy_out(c):
    def cancelled():
        with c.cursor().copy(MANY) as copy:
            copy.read()
            c.cancel()
            for _ in copy:
                pass

    raises(errors.QueryCanceled, cancelled)
    c.rollback()
    usable(c)


def test_a_connection_closed_in_the_middle_leaves_no_session(c):
    pids = []
    for _ in range(20):
        for statement in (MANY, "COPY t FROM STDIN"):
            other = psycopg.connect(dbname=DATABASE)
            pids.append(other.info.backend_pid)
            block = other.cursor().copy(statement)
            copy = block.__enter__()
            if statement == MANY:
                copy.read()
            else:
                copy.write("1\tx\n")
            other.pgconn.finish()

            def leave():
                stop = Stop()
                if not block.__exit__(Stop, stop, None):
                    raise stop

            raises((Stop, psycopg.OperationalError), leave)
    gone = threading.Event()
    c.autocommit = True
    for _ in range(100):
        if c.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY (%s)", (pids,)).fetchone() == (0,):
            break
        gone.wait(0.1)
    else:
        raise AssertionError("sessions are left")
    c.execute("TRUNCATE t")
    assert c.execute("SELECT count(*) FROM t").fetchone() == (0,)


def resident():
    """The server's memory in kB if it is ours."""
    with open(f"/proc/{os.environ['SERVER_PID']}/status") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1])


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def test_repetitions_leak_nothing(c):
    c.autocommit = True
    ours = bool(os.environ.get("SERVER_PID"))
    c.execute("INSERT INTO t VALUES (0, 'stays')")

    def once(n):
        with c.transaction():
            c.execute("UPDATE t SET x = %s WHERE n = 0", (str(n),))
            with c.cursor().copy("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 2000)) TO STDOUT") as copy:
                copy.read()
                raise psycopg.Rollback

    for n in range(REPETITIONS // 5):
        once(n)
    before, open_before = resident() if ours else 0, descriptors()
    for n in range(REPETITIONS - REPETITIONS // 5):
        once(n)
    assert descriptors() <= open_before + 1
    assert c.info.transaction_status == TransactionStatus.IDLE
    assert c.execute("SELECT * FROM t").fetchall() == [(0, "stays")]
    assert c.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (DATABASE,)).fetchone() == (1,)
    assert c.execute("SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid() AND database = "
                     "(SELECT oid FROM pg_database WHERE datname = %s)", (DATABASE,)).fetchone() == (0,)
    if ours:
        assert resident() - before < 64 << 10, (before, resident())
