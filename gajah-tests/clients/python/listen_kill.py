"""Notifiers and a listener up to a kill -9 of the server, and what must be true after it: python3 listen_kill.py before|after PORT FILE."""

import json
import select
import sys
import threading

import psycopg2


def connect(port):
    connection = psycopg2.connect(host="127.0.0.1", port=port, dbname="postgres", user="postgres")
    connection.autocommit = True
    return connection


def notify(port, name, acknowledged, ready):
    """Notifies numbers, each committed; every third is rolled back before."""
    try:
        connection = connect(port)
        cursor = connection.cursor()
        ready.set()
        number = 0
        while True:
            number += 1
            if number % 3 == 0:
                cursor.execute(f"BEGIN; NOTIFY killed, 'aborted {name} {number}'; ROLLBACK")
            cursor.execute(f"BEGIN; INSERT INTO sent VALUES ('{name} {number}'); NOTIFY killed, '{name} {number}'; COMMIT")
            acknowledged.append(f"{name} {number}")
    except psycopg2.Error:
        return


def before(port, file):
    cursor = connect(port).cursor()
    cursor.execute("DROP TABLE IF EXISTS sent; CREATE TABLE sent (what text); SELECT gajah.retain_channel('killed', interval '1 day')")
    cursor.execute("SELECT gajah.last_notification('killed')")
    start = cursor.fetchone()[0]
    listener = connect(port)
    listener.cursor().execute("LISTEN killed")
    acknowledged, threads = [], []
    for name in "abcd":
        ready = threading.Event()
        threads.append(threading.Thread(target=notify, args=(port, name, acknowledged, ready)))
        threads[-1].start()
        ready.wait()
    heard = []
    try:
        while True:
            if select.select([listener], [], [], 60)[0]:
                listener.poll()
            while listener.notifies:
                heard.append(listener.notifies.pop(0).payload)
                if len(heard) == 200:
                    print("under load", flush=True)
    except psycopg2.Error:
        heard.extend(n.payload for n in listener.notifies)
    for thread in threads:
        thread.join()
    with open(file, "w") as out:
        json.dump({"start": start, "heard": heard, "acknowledged": acknowledged}, out)


def after(port, file):
    with open(file) as saved:
        state = json.load(saved)
    cursor = connect(port).cursor()
    cursor.execute("SELECT payload FROM gajah.notifications_since('killed', %s)", (state["start"],))
    kept = [row[0] for row in cursor.fetchall()]
    cursor.execute("SELECT what FROM sent")
    sent = [row[0] for row in cursor.fetchall()]
    assert sorted(sent) == sorted(kept), "a transaction's rows and its notifications are not the same"
    assert len(set(kept)) == len(kept), "something is there twice"
    assert not any("aborted" in payload for payload in kept + state["heard"]), "an aborted transaction was heard"
    assert set(state["acknowledged"]) <= set(kept), "an acknowledged notification is gone"
    assert len(kept) <= len(state["acknowledged"]) + 4, "more than was sent"
    assert state["heard"] == kept[:len(state["heard"])], "the listener did not hear the commits in their order"
    for name in "abcd":
        numbers = [int(payload.split()[1]) for payload in kept if payload[0] == name]
        assert numbers == list(range(1, len(numbers) + 1)), numbers
    cursor.execute("SELECT max(number), count(*) FROM gajah.notifications_since('killed', %s)", (state["start"],))
    last, count = cursor.fetchone()
    assert last == state["start"] + count, "the numbers have holes"
    print(len(state["heard"]), "heard,", len(state["acknowledged"]), "acknowledged,", len(kept), "kept")


{"before": before, "after": after}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
