package org.gajah.command;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.exec.TableLoader;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Vector;

/** Rows in PostgreSQL's binary format: a header, then for each row the number of fields and each field with its length. */
final class CopyBinaryRows implements CopyRows {
    /** What a file begins with. */
    static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int OIDS_FLAG = 1 << 16;
    private static final int CRITICAL_FLAGS = 0xffff_0000;

    private final Relation.Column[] targets;
    private final TypeCodec[] codecs;
    private final Vector[] vectors;
    private final TableLoader loader;
    private final TypeContext types;
    private final CopyBytes bytes;
    private final CopyPlace place;

    CopyBinaryRows(CommandContext context, CopyColumns columns, TableLoader loader, CopySource source, CopyPlace place) {
        this.targets = columns.columns().toArray(Relation.Column[]::new);
        this.codecs = columns.codecs().toArray(TypeCodec[]::new);
        this.vectors = columns.columns().stream().map(c -> loader.column(c.number())).toArray(Vector[]::new);
        this.loader = loader;
        this.types = context.analysis().types();
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
        if (count != targets.length) {
            throw bad("row field count is " + count + ", expected " + targets.length);
        }
        for (int i = 0; i < count; i++) {
            read(i);
        }
        place.leaveColumn();
        return true;
    }

    private void read(int field) {
        Relation.Column column = targets[field];
        place.enter(column.name());
        if (!bytes.has(4)) {
            throw bad("unexpected EOF in COPY data");
        }
        int length = bytes.takeInt();
        if (length == -1) {
            codecs[field].parseNull(types);
            vectors[field].setNull(loader.row());
            return;
        }
        if (length < 0) {
            throw bad("invalid field size");
        }
        if (!bytes.has(length)) {
            throw bad("unexpected EOF in COPY data");
        }
        Slice value = bytes.take(length);
        codecs[field].receive(value, column.typmod(), types, vectors[field], loader.row());
    }

    private static SqlError bad(String message) {
        return new SqlError(SqlState.BAD_COPY_FILE_FORMAT, message);
    }

    @Override
    public SqlError located(SqlError error) {
        return place.line() == 0 ? error : place.at(error);
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
