"""Waits for notifications on channel test, whatever happens to the server: python3 -u listen_program.py DSN."""

import select
import sys
import time

import psycopg2
import psycopg2.extensions


def connect(dsn):
    connection = psycopg2.connect(dsn)
    connection.set_isolation_level(psycopg2.extensions.ISOLATION_LEVEL_AUTOCOMMIT)
    connection.cursor().execute("LISTEN test;")
    return connection


connection = None
while True:
    try:
        if connection is None or connection.closed:
            connection = connect(sys.argv[1])
        if select.select([connection], [], [], 5) == ([], [], []):
            print("listen timeout")
        else:
            connection.poll()
            while connection.notifies:
                notify = connection.notifies.pop(0)
                print("Got NOTIFY:", notify.pid, notify.channel, notify.payload)
    except Exception as error:
        print("listen error:", str(error).strip().replace("\n", " "))
        connection = None
        time.sleep(5)
