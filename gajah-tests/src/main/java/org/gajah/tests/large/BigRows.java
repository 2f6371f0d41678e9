package org.gajah.tests.large;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;

/**
 * The rows that the table must hold: each follows from its id, from how often it was raised, and from whether it was deleted.
 * About {@link #BYTES} of a page for each.
 */
final class BigRows {
    static final int BYTES = 256;
    static final int GROUPS = 1000;
    private static final int WORDS = 13;

    private final byte[] raised;
    private final BitSet deleted = new BitSet();

    BigRows(int count) {
        this.raised = new byte[count];
    }

    int count() {
        return raised.length;
    }

    static int group(int id) {
        return (int) Long.remainderUnsigned(mix(id), GROUPS);
    }

    int amount(int id) {
        return (int) (mix(~id) & 0xffff) + raised[id];
    }

    boolean isDeleted(int id) {
        return deleted.get(id);
    }

    void raise(int id) {
        raised[id]++;
    }

    void delete(int id) {
        deleted.set(id);
    }

    /** An id that is there. */
    int any(Random random) {
        int id = random.nextInt(raised.length);
        while (deleted.get(id)) {
            id = random.nextInt(raised.length);
        }
        return id;
    }

    /** 208 characters that nothing can compress much. */
    static String note(int id) {
        StringBuilder note = new StringBuilder(16 * WORDS);
        for (int i = 0; i < WORDS; i++) {
            String hex = Long.toHexString(mix(id * 31L + i));
            note.append("0".repeat(16 - hex.length())).append(hex);
        }
        return note.toString();
    }

    private static long mix(long value) {
        long z = (value + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** What {@code SELECT count(*), sum(id), sum(grp), sum(amount)} must say of a group, or of all for -1. */
    String sums(int group) {
        long count = 0;
        long ids = 0;
        long groups = 0;
        long amounts = 0;
        for (int id = 0; id < raised.length; id++) {
            if (!deleted.get(id) && (group < 0 || group(id) == group)) {
                count++;
                ids += id;
                groups += group(id);
                amounts += amount(id);
            }
        }
        return count + " " + ids + " " + groups + " " + amounts;
    }

    /** Rows from one id to before another as COPY's text. */
    InputStream copyText(int from, int to) {
        return new InputStream() {
            private int next = from;
            private byte[] line = {};
            private int position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (position == line.length) {
                    if (next == to) {
                        return -1;
                    }
                    line = (next + "\t" + group(next) + "\t" + amount(next) + "\t" + note(next) + "\n").getBytes(StandardCharsets.UTF_8);
                    next++;
                    position = 0;
                }
                int n = Math.min(length, line.length - position);
                System.arraycopy(line, position, bytes, offset, n);
                position += n;
                return n;
            }
        };
    }
}
