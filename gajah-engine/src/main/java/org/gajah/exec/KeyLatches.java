package org.gajah.exec;

import java.util.concurrent.locks.ReentrantLock;

import org.gajah.base.Slice;
import org.gajah.table.RelationId;

/**
 * Latches that make "look for the key, then insert it" one step among all sessions: one for many keys of all unique indexes.
 * Held shortly:
 * nobody waits for a transaction while holding one, and who needs several takes them in ascending order of their numbers.
 */
final class KeyLatches {
    private static final int COUNT = 1024;
    private static final ReentrantLock[] LATCHES = new ReentrantLock[COUNT];

    static {
        for (int i = 0; i < COUNT; i++) {
            LATCHES[i] = new ReentrantLock();
        }
    }

    private KeyLatches() {
    }

    static ReentrantLock of(RelationId index, Slice key) {
        return LATCHES[number(index, key)];
    }

    /** The number of a key's latch: who needs several locks them in ascending order. */
    static int number(RelationId index, Slice key) {
        int hash = index.hashCode() * 31 + key.hashCode();
        return (hash ^ hash >>> 16) & COUNT - 1;
    }

    static ReentrantLock at(int number) {
        return LATCHES[number];
    }
}
