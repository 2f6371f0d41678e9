package org.gajah.txn.lock;

/**
 * What is locked: a kind and up to four numbers (unsigned bits), as in PostgreSQL's LOCKTAG. Object ids are never reused for
 * another meaning inside one kind, so equal tags are the same thing.
 */
public record LockTag(Kind kind, int field1, int field2, int field3, int field4) {
    /** The kinds, with their names in {@code pg_locks.locktype}. */
    public enum Kind {
        RELATION("relation"),
        TUPLE("tuple"),
        TRANSACTION("transactionid"),
        VIRTUAL_TRANSACTION("virtualxid"),
        OBJECT("object"),
        ADVISORY("advisory");

        private final String pgName;

        Kind(String pgName) {
            this.pgName = pgName;
        }

        public String pgName() {
            return pgName;
        }
    }

    /** The class id of {@code pg_database}, whose rows stand for whole databases. */
    public static final int DATABASE_CLASS = 1262;

    /** A table, index, sequence or view; {@code dbOid} is 0 for a shared catalog. */
    public static LockTag relation(int dbOid, int relOid) {
        return new LockTag(Kind.RELATION, dbOid, relOid, 0, 0);
    }

    /** A row: {@code tid} has the page in the bits above the lowest 16, which are the slot from 0; shown, slots count from 1. */
    public static LockTag tuple(int dbOid, int relOid, long tid) {
        return new LockTag(Kind.TUPLE, dbOid, relOid, (int) (tid >>> 16), ((int) tid & 0xffff) + 1);
    }

    /** A transaction that has an id. */
    public static LockTag transaction(long xid) {
        return new LockTag(Kind.TRANSACTION, (int) xid, (int) (xid >>> 32), 0, 0);
    }

    /** A transaction of a session, which it has from its first statement on. */
    public static LockTag virtualTransaction(int procNumber, int localXid) {
        return new LockTag(Kind.VIRTUAL_TRANSACTION, procNumber, localXid, 0, 0);
    }

    /** Any object that is not a relation: the catalog it is in, its oid there, and 0 or a column. */
    public static LockTag object(int dbOid, int classOid, int objectOid, int subId) {
        return new LockTag(Kind.OBJECT, dbOid, classOid, objectOid, subId);
    }

    /** A whole database. */
    public static LockTag database(int dbOid) {
        return object(0, DATABASE_CLASS, dbOid, 0);
    }

    /** An advisory lock with one key of 64 bits. */
    public static LockTag advisory(int dbOid, long key) {
        return new LockTag(Kind.ADVISORY, dbOid, (int) (key >>> 32), (int) key, 1);
    }

    /** An advisory lock with two keys of 32 bits. */
    public static LockTag advisory(int dbOid, int key1, int key2) {
        return new LockTag(Kind.ADVISORY, dbOid, key1, key2, 2);
    }

    /** The transaction's id, of a {@link Kind#TRANSACTION}. */
    public long xid() {
        return (long) field2 << 32 | field1 & 0xffffffffL;
    }

    /** The thing as PostgreSQL's messages call it. */
    public String describe() {
        String a = Integer.toUnsignedString(field1);
        String b = Integer.toUnsignedString(field2);
        String c = Integer.toUnsignedString(field3);
        String d = Integer.toUnsignedString(field4);
        return switch (kind) {
            case RELATION -> "relation " + b + " of database " + a;
            case TUPLE -> "tuple (" + c + "," + d + ") of relation " + b + " of database " + a;
            case TRANSACTION -> "transaction " + Long.toUnsignedString(xid());
            case VIRTUAL_TRANSACTION -> "virtual transaction " + a + "/" + b;
            case OBJECT -> "object " + c + " of class " + b + " of database " + a;
            case ADVISORY -> "advisory lock [" + a + "," + b + "," + c + "," + d + "]";
        };
    }

    @Override
    public int hashCode() {
        long h = (field1 * 0x9E3779B97F4A7C15L) ^ ((long) field2 << 32 | kind.ordinal());
        h = (h ^ h >>> 29) * 0xBF58476D1CE4E5B9L;
        h ^= ((long) field4 << 32) ^ (field3 & 0xffffffffL);
        h = (h ^ h >>> 31) * 0x94D049BB133111EBL;
        return (int) (h ^ h >>> 32);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LockTag t && t.field2 == field2 && t.field3 == field3 && t.field4 == field4
                && t.field1 == field1 && t.kind == kind;
    }
}
