package org.gajah.command;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.exec.TableLoader;

/** Rows in PostgreSQL's binary format: a header, then for each row the number of fields and each field with its length. */
final class CopyBinaryRows implements CopyRows {
    /** What a file begins with. */
    static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private final CopyField[] fields;
    private final TableLoader loader;
    private final CopyBinaryData data;
    private final CopyPlace place;

    CopyBinaryRows(CommandContext context, CopyColumns columns, TableLoader loader, CopySource source, CopyPlace place) {
        this.fields = columns.fields(loader, context.analysis().types());
        this.loader = loader;
        this.data = new CopyBinaryData(source);
        this.place = place;
    }

    @Override
    public boolean next() {
        if (place.line() == 0) {
            data.header();
        }
        place.nextLine();
        if (!data.row(fields.length)) {
            return false;
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
        int length = data.field();
        if (length < 0) {
            field.setNull(row);
        } else {
            field.receive(data.bytes().array(), data.bytes().at(), length, row);
            data.bytes().pass(length);
        }
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
        while (data.bytes().has(1)) {
            data.bytes().clear();
        }
    }
}
