package org.gajah.command;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** PostgreSQL's binary format of COPY, cut into rows and fields. */
final class CopyBinaryData {
    private static final int OIDS_FLAG = 1 << 16;
    private static final int CRITICAL_FLAGS = 0xffff_0000;

    private final CopyBytes bytes;

    CopyBinaryData(CopySource source) {
        bytes = new CopyBytes(source);
    }

    /** The bytes, of which {@link #field} leaves a field's value next. */
    CopyBytes bytes() {
        return bytes;
    }

    /** What stands before the first row. */
    void header() {
        if (!bytes.has(CopyBinaryRows.SIGNATURE.length) || !Arrays.equals(bytes.take(CopyBinaryRows.SIGNATURE.length).toBytes(), CopyBinaryRows.SIGNATURE)) {
            throw bad("COPY file signature not recognized");
        }
        if (!bytes.has(4)) {
            throw bad("invalid COPY file header (missing flags)");
        }
        int flags = bytes.takeInt();
        if ((flags & OIDS_FLAG) != 0) {
            throw bad("invalid COPY file header (WITH OIDS)");
        }
        if ((flags & CRITICAL_FLAGS) != 0) {
            throw bad("unrecognized critical flags in COPY file header");
        }
        int length = bytes.has(4) ? bytes.takeInt() : -1;
        if (length < 0) {
            throw bad("invalid COPY file header (missing length)");
        }
        if (!bytes.skip(length)) {
            throw bad("invalid COPY file header (wrong length)");
        }
    }

    /** Begins a row of so many fields; false at the end. */
    boolean row(int fields) {
        if (!bytes.has(2)) {
            return false;
        }
        int count = bytes.takeShort();
        if (count == -1) {
            if (bytes.has(1)) {
                throw bad("received copy data after EOF marker");
            }
            return false;
        }
        if (count != fields) {
            throw bad("row field count is " + count + ", expected " + fields);
        }
        return true;
    }

    /** The length of the next field, whose bytes are there; -1 for a null. */
    int field() {
        if (!bytes.has(4)) {
            throw bad("unexpected EOF in COPY data");
        }
        int length = bytes.takeInt();
        if (length < -1) {
            throw bad("invalid field size");
        }
        if (length > 0 && !bytes.has(length)) {
            throw bad("unexpected EOF in COPY data");
        }
        return length;
    }

    private static SqlError bad(String message) {
        return new SqlError(SqlState.BAD_COPY_FILE_FORMAT, message);
    }
}
