"""For tests with Psycopg 3: a database of their own, and errors that must come."""
import psycopg


def run_in(database, test, *statements):
    with psycopg.connect(dbname="postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {database}")
        admin.execute(f"CREATE DATABASE {database}")
        connection = psycopg.connect(dbname=database)
        try:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
            test(connection)
        finally:
            connection.close()
            admin.execute(f"DROP DATABASE {database} WITH (FORCE)")


def raises(kind, action):
    try:
        action()
    except kind as error:
        return error
    raise AssertionError(f"no {kind}")
