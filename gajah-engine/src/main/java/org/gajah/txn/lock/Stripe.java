package org.gajah.txn.lock;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A part of the lock table: a hash table of locks and the mutex that guards it and everything in it. */
final class Stripe {
    private static final int SMALLEST = 16;

    final ReentrantLock mutex = new ReentrantLock();
    private Lock[] buckets = new Lock[SMALLEST];
    private int size;
    /** How many of the locks are rows': read without the mutex by writers of rows, which mostly find 0. */
    private volatile int rowLocks;

    int rowLocks() {
        return rowLocks;
    }

    /** The lock of {@code tag}, or null. */
    Lock find(LockTag tag) {
        Lock lock = buckets[bucket(tag)];
        while (lock != null && !lock.tag.equals(tag)) {
            lock = lock.nextInBucket;
        }
        return lock;
    }

    Lock add(LockTag tag) {
        if (size >= buckets.length) {
            resize(buckets.length * 2);
        }
        Lock lock = new Lock(tag);
        link(lock);
        size++;
        if (tag.kind() == LockTag.Kind.TUPLE) {
            countRowLocks(1);
        }
        return lock;
    }

    /** Forgets {@code lock} if nobody has it or waits for it; says whether it did. */
    boolean removeIfUnused(Lock lock) {
        if (!lock.isUnused()) {
            return false;
        }
        int bucket = bucket(lock.tag);
        if (buckets[bucket] == lock) {
            buckets[bucket] = lock.nextInBucket;
        } else {
            Lock before = buckets[bucket];
            while (before.nextInBucket != lock) {
                before = before.nextInBucket;
            }
            before.nextInBucket = lock.nextInBucket;
        }
        size--;
        if (lock.tag.kind() == LockTag.Kind.TUPLE) {
            countRowLocks(-1);
        }
        if (buckets.length > SMALLEST && size < buckets.length / 8) {
            resize(buckets.length / 2);
        }
        return true;
    }

    void forEach(Consumer<Lock> action) {
        for (Lock first : buckets) {
            for (Lock lock = first; lock != null; lock = lock.nextInBucket) {
                action.accept(lock);
            }
        }
    }

    private void countRowLocks(int change) {
        rowLocks = rowLocks + change;
    }

    private int bucket(LockTag tag) {
        // The low bits have chosen the stripe.
        return (tag.hashCode() >>> 8) & buckets.length - 1;
    }

    private void link(Lock lock) {
        int bucket = bucket(lock.tag);
        lock.nextInBucket = buckets[bucket];
        buckets[bucket] = lock;
    }

    private void resize(int length) {
        Lock[] old = buckets;
        buckets = new Lock[length];
        for (Lock first : old) {
            Lock lock = first;
            while (lock != null) {
                Lock next = lock.nextInBucket;
                link(lock);
                lock = next;
            }
        }
    }
}
