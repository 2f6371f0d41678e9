package org.gajah.command;

import java.util.Arrays;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.exec.TableLoader;

/** Rows in PostgreSQL's binary format: a header, then for each row the number of fields and each field with its length. */
final class CopyBinaryRows implements CopyRows {
    /** What a file begins with. */
    static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int OIDS_FLAG = 1 << 16;
    private static final int CRITICAL_FLAGS = 0xffff_0000;

    private final CopyField[] fields;
    private final TableLoader loader;
    private final CopyBytes bytes;
    private final CopyPlace place;

    CopyBinaryRows(CommandContext context, CopyColumns columns, TableLoader loader, CopySource source, CopyPlace place) {
        this.fields = columns.fields(loader, context.analysis().types());
        this.loader = loader;
        this.bytes = new CopyBytes(source);
        this.place = place;
    }

    private void readHeader() {
        if (!bytes.has(SIGNATURE.length) || !Arrays.equals(bytes.take(SIGNATURE.length).toBytes(), SIGNATURE)) {
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

    @Override
    public boolean next() {
        if (place.line() == 0) {
            readHeader();
        }
        place.nextLine();
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
        if (count != fields.length) {
            throw bad("row field count is " + count + ", expected " + fields.length);
        }
        int row = loader.row();
        for (CopyField field : fields) {
            try {
                read(field, row);
            } catch (SqlError e) {
                place.enter(field.column().name());
                throw e;
            }
        }
        return true;
    }

    private void read(CopyField field, int row) {
        if (!bytes.has(4)) {
            throw bad("unexpected EOF in COPY data");
        }
        int length = bytes.takeInt();
        if (length == -1) {
            field.setNull(row);
            return;
        }
        if (length < 0) {
            throw bad("invalid field size");
        }
        if (!bytes.has(length)) {
            throw bad("unexpected EOF in COPY data");
        }
        field.receive(bytes.array(), bytes.at(), length, row);
        bytes.pass(length);
    }

    private static SqlError bad(String message) {
        return new SqlError(SqlState.BAD_COPY_FILE_FORMAT, message);
    }

    @Override
    public SqlError located(SqlError error) {
        return place.line() == 0 ? error : place.at(error);
    }

    @Override
    public String where() {
        return place.where(Optional.empty());
    }

    @Override
    public Slice shown() {
        return Slice.EMPTY;
    }

    @Override
    public long line() {
        return place.line();
    }

    @Override
    public void tell() {
        // none is left out
    }

    @Override
    public void finish() {
        while (bytes.has(1)) {
            bytes.clear();
        }
    }
}
