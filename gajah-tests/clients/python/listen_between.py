"""A connection in a transaction gets notifications when that has ended, and not before."""

import select

import psycopg2

listener = psycopg2.connect("host=127.0.0.1")
other = psycopg2.connect("host=127.0.0.1")
other.autocommit = True
listener.cursor().execute("LISTEN test_between")
listener.commit()
for end in (listener.commit, listener.rollback):
    cursor = listener.cursor()
    cursor.execute("SELECT 1")
    other.cursor().execute("NOTIFY test_between, 'waits'")
    assert select.select([listener], [], [], 0.5) == ([], [], []), "something was sent in the middle of a transaction"
    cursor.execute("SELECT 2")
    assert listener.notifies == [], "a notification came in the middle of a transaction"
    end()
    listener.poll()
    assert [n.payload for n in listener.notifies] == ["waits"], listener.notifies
    listener.notifies.clear()
