package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/**
 * One entry of an ACL: what a role was granted by another. It travels as sixteen bytes, so that it outlives a change of names.
 *
 * @param grantee    a role's oid, or 0 for everybody
 * @param privileges bits of {@link Privilege}
 * @param options    those of them that the grantee may grant in turn
 */
public record AclItem(int grantee, int grantor, long privileges, long options) {
    /** Reads back what {@link #toSlice} gave. */
    public static AclItem of(Slice bytes) {
        return new AclItem((int) number(bytes, 0, 4), (int) number(bytes, 4, 4), number(bytes, 8, 4), number(bytes, 12, 4));
    }

    private static long number(Slice bytes, int from, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | bytes.at(from + i) & 0xff;
        }
        return number;
    }

    public Slice toSlice() {
        ByteSink out = new ByteSink();
        out.putInt(grantee);
        out.putInt(grantor);
        out.putInt((int) privileges);
        out.putInt((int) options);
        return Slice.of(out.toBytes());
    }

    /** The letters, each with an asterisk if it may be granted on. */
    public String letters() {
        StringBuilder letters = new StringBuilder();
        for (Privilege p : Privilege.values()) {
            if ((privileges & p.bit()) != 0) {
                letters.append(p.letter()).append((options & p.bit()) != 0 ? "*" : "");
            }
        }
        return letters.toString();
    }
}
