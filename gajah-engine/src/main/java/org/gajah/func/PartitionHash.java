package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.type.TypeContext;

/** The hash of a partition key: PostgreSQL's, so that rows are in the partitions where it would have them. */
public final class PartitionHash {
    private static final long SEED = 0x7A5B22367996DCFDL;
    private static final long MIX = 0x49A0F4DD15E5A8E3L;

    private PartitionHash() {
    }

    /** The hash of a key of boxed values; nulls take no part. */
    public static long of(TypeContext context, int[] types, Object[] values) {
        CallContext call = new Call(context);
        long hash = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                hash ^= HashByType.wide(call, types[i], values[i], SEED) + MIX + (hash << 54) + (hash >>> 7);
            }
        }
        return hash;
    }

    /** A call that nobody has written: hash functions ask it for no more than codecs. */
    private record Call(TypeContext types) implements CallContext {
        @Override
        public int argumentCount() {
            return 1;
        }

        @Override
        public int argumentType(int index) {
            return 0;
        }

        @Override
        public int resultType() {
            return 0;
        }

        @Override
        public int collation() {
            return 0;
        }

        @Override
        public long statementMicros() {
            return 0;
        }

        @Override
        public long clockMicros() {
            return 0;
        }

        @Override
        public void checkCancelled() {
            // one key is short
        }

        @Override
        public SessionRandom random() {
            throw new IllegalStateException("hashing is not random");
        }

        @Override
        public void message(String severity, SqlError message) {
            throw new IllegalStateException("hashing says nothing");
        }
    }
}
