"""COPY with Psycopg 3: what comes out, block by block, and what goes in, however it is written."""
import io

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from scratch import raises, run_in

DATABASE = "client_psycopg3_copy_data"
ROWS = [(1, None, "one"), (2, 22, "two words"), (3, 33, "")]
VALUES = "VALUES (1, NULL::int, 'one'), (2, 22, 'two words'), (3, 33, '')"
TYPES = ["int4", "int4", "text"]
FORMATS = ["text", "binary"]
BIG = 10 << 20


def run(test):
    run_in(DATABASE, test, "CREATE TABLE t (n serial PRIMARY KEY, m int, x text)")


def status(c):
    return c.info.transaction_status


def rows(c):
    return c.execute("SELECT * FROM t ORDER BY n").fetchall()


def written(c, statement, *pieces):
    cursor = c.cursor()
    with cursor.copy(statement) as copy:
        for piece in pieces:
            copy.write(piece)
    return cursor.rowcount


def test_each_row_is_a_block(c):
    with c.cursor().copy(f"COPY ({VALUES}) TO STDOUT") as copy:
        blocks = []
        while block := bytes(copy.read()):
            assert status(c) == TransactionStatus.ACTIVE
            blocks.append(block)
        assert copy.read() == b""
    assert blocks == [b"1\t\\N\tone\n", b"2\t22\ttwo words\n", b"3\t33\t\n"], blocks
    assert status(c) == TransactionStatus.INTRANS


def test_binary_begins_with_a_header_and_ends_with_a_block_of_its_own(c):
    with c.cursor().copy(f"COPY ({VALUES}) TO STDOUT (FORMAT binary)") as copy:
        blocks = [bytes(block) for block in copy]
    assert len(blocks) == 4 and blocks[0].startswith(b"PGCOPY\n\xff\r\n\0" + b"\0" * 8 + b"\0\3"), blocks
    assert blocks[-1] == b"\xff\xff", blocks


def test_rows_have_the_types_that_are_said(c):
    for form in FORMATS:
        with c.cursor().copy(f"COPY ({VALUES}) TO STDOUT (FORMAT {form})") as copy:
            copy.set_types(TYPES)
            assert list(copy.rows()) == ROWS
        with c.cursor().copy("COPY (SELECT 7::int8, '{0.5,1}'::float8[], 'x'::name) TO STDOUT (FORMAT " + form + ")") as copy:
            copy.set_types(["int8", "float8[]", "name"])
            assert copy.read_row() == (7, [0.5, 1.0], "x")
            assert copy.read_row() is None
        assert status(c) == TransactionStatus.INTRANS


def test_parameters_of_a_query(c):
    with c.cursor().copy("COPY (SELECT n FROM generate_series(1, %s) n) TO STDOUT", (5,)) as copy:
        assert [bytes(block) for block in copy] == [b"1\n", b"2\n", b"3\n", b"4\n", b"5\n"]


def test_every_character_goes_out_and_in(c):
    texts = [chr(n) for n in range(1, 256)] + ["€", "象"]
    for form in FORMATS:
        with c.cursor().copy(f"COPY t (n, x) FROM STDIN (FORMAT {form})") as copy:
            copy.set_types(["int4", "text"])
            for n, text in enumerate(texts):
                copy.write_row((n, text))
        assert [row[2] for row in rows(c)] == texts
        with c.cursor().copy(f"COPY (SELECT x FROM t ORDER BY n) TO STDOUT (FORMAT {form})") as copy:
            copy.set_types(["text"])
            assert [row[0] for row in copy.rows()] == texts
        c.execute("TRUNCATE t")


def test_blocks_as_bytes_and_text_cut_anywhere(c):
    text = "1\t\\N\tone\n2\t22\ttwo words\n3\t33\t\n"
    for pieces in ([text], [text.encode()], list(text), [bytearray(text.encode())], [memoryview(text.encode())]):
        assert written(c, "COPY t FROM STDIN", *pieces) == 3
        assert rows(c) == ROWS
        c.execute("TRUNCATE t")


def test_rows_in_both_formats(c):
    for form in FORMATS:
        cursor = c.cursor()
        with cursor.copy(f"COPY t FROM STDIN (FORMAT {form})") as copy:
            copy.set_types(TYPES)
            for row in ROWS:
                copy.write_row(row)
        assert cursor.rowcount == 3 and rows(c) == ROWS
        c.execute("TRUNCATE t")


def test_defaults_of_columns_that_are_not_given(c):
    with c.cursor().copy("COPY t (m, x) FROM STDIN") as copy:
        copy.write_row((None, "a"))
        copy.write_row((5, "b"))
    assert rows(c) == [(1, None, "a"), (2, 5, "b")]


def test_nothing_goes_in(c):
    for form in FORMATS:
        assert written(c, f"COPY t FROM STDIN (FORMAT {form})") == 0
        assert status(c) == TransactionStatus.INTRANS


def test_counts_of_rows(c):
    cursor = c.cursor()
    with cursor.copy("COPY t (x) FROM STDIN") as copy:
        copy.write("a\nb\nc\n")
    assert cursor.rowcount == 3
    with cursor.copy("COPY t TO STDOUT") as copy:
        assert len(list(copy)) == 3
    assert cursor.rowcount == 3

    def too_many_fields():
        with cursor.copy("COPY t (n) FROM STDIN") as copy:
            copy.write_row((9, "more"))

    raises(errors.BadCopyFileFormat, too_many_fields)
    assert cursor.rowcount == -1 and status(c) == TransactionStatus.INERROR


def test_a_key_that_is_taken(c):
    raises(errors.UniqueViolation, lambda: written(c, "COPY t FROM STDIN", "1\t1\ta\n", "1\t2\tb\n"))
    assert status(c) == TransactionStatus.INERROR
    c.rollback()
    assert rows(c) == []


def test_an_error_of_the_program_fails_the_copy(c):
    # newer versions of Psycopg raise their own error, older ones the server's answer to it
    raises((TypeError, errors.QueryCanceled), lambda: written(c, "COPY t FROM STDIN (FORMAT binary)", "text, not bytes"))
    assert status(c) == TransactionStatus.INERROR


def test_an_error_of_the_server_while_rows_come_out(c):
    def read():
        with c.cursor().copy("COPY (SELECT 1 / (500 - n) FROM generate_series(1, 1000) n) TO STDOUT") as copy:
            for _ in copy:
                pass

    raises(errors.DivisionByZero, read)
    assert status(c) == TransactionStatus.INERROR


def test_an_error_of_the_program_before_and_after_the_last_row_was_sent(c):
    def stop(count):
        with c.cursor().copy(f"COPY (SELECT generate_series(1, {count})) TO STDOUT") as copy:
            copy.read_row()
            raise KeyError

    raises(KeyError, lambda: stop(2))
    assert status(c) == TransactionStatus.INTRANS
    raises(KeyError, lambda: stop(1_000_000))
    assert status(c) == TransactionStatus.INERROR


def test_statements_that_are_no_copy(c):
    c.autocommit = True
    raises(errors.SyntaxError, lambda: written(c, "wat"))
    for statement in ("SELECT 1", "RESET timezone", "SELECT 1; COPY (SELECT 1) TO STDOUT"):
        raises(psycopg.ProgrammingError, lambda: written(c, statement))


def test_a_row_and_a_block_of_ten_megabytes(c):
    big = "".join(chr(1 + n * 7 % 255) for n in range(BIG))
    with c.cursor().copy("COPY t (x) FROM STDIN") as copy:
        copy.write_row([big])
    assert c.execute("SELECT x FROM t").fetchone() == (big,)
    c.execute("TRUNCATE t")
    block = "b" * BIG
    assert written(c, "COPY t (x) FROM STDIN", block + "\n" + block + "\n") == 2
    assert c.execute("SELECT DISTINCT x FROM t").fetchone() == (block,)


def test_forty_megabytes_come_out_as_they_went_in(c):
    lines = "".join(f"{n}\t{n}\t{chr(97 + n % 26) * 10240}\n" for n in range(4096))
    assert written(c, "COPY t FROM STDIN", *(lines[at:at + 8192] for at in range(0, len(lines), 8192))) == 4096
    out = io.BytesIO()
    with c.cursor().copy("COPY t TO STDOUT") as copy:
        for block in copy:
            out.write(block)
    assert out.getvalue() == lines.encode()


def test_from_one_connection_into_another(c):
    c.execute("INSERT INTO t SELECT n, NULLIF(n, 5), repeat('x', n) FROM generate_series(1, 200) n")
    c.execute("CREATE TABLE u (LIKE t)")
    c.commit()
    with psycopg.connect(dbname=DATABASE) as other:
        for form in FORMATS:
            with c.cursor().copy(f"COPY t TO STDOUT (FORMAT {form})") as source:
                with other.cursor().copy(f"COPY u FROM STDIN (FORMAT {form})") as target:
                    for block in source:
                        target.write(block)
        with c.cursor().copy("COPY t TO STDOUT") as source:
            with other.cursor().copy("COPY u FROM STDIN") as target:
                for row in source.rows():
                    target.write_row(row)
        assert other.execute("SELECT count(*), count(DISTINCT u) FROM u").fetchone() == (600, 200)
        assert other.execute("SELECT * FROM t EXCEPT SELECT * FROM u").fetchall() == []
