package org.gajah.command;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** PostgreSQL's binary format; see {@link CopyBinaryRows}. */
final class CopyBinaryFormat implements CopyRowFormat {
    private final TypeCodec[] codecs;
    private final TypeContext types;

    CopyBinaryFormat(List<TypeCodec> codecs, TypeContext types) {
        this.codecs = codecs.toArray(TypeCodec[]::new);
        this.types = types;
    }

    @Override
    public void header(List<String> columns, ByteSink out) {
        out.put(Slice.of(CopyBinaryRows.SIGNATURE)).putInt(0).putInt(0);
    }

    @Override
    public boolean headerStandsAlone() {
        return false;
    }

    @Override
    public void row(Batch batch, int row, ByteSink out) {
        out.putShort(codecs.length);
        for (int c = 0; c < codecs.length; c++) {
            Vector column = batch.column(c);
            if (column.isNull(row)) {
                out.putInt(-1);
            } else {
                out.putInt(0);
                int start = out.size();
                codecs[c].send(column, row, types, out);
                out.setInt(start - 4, out.size() - start);
            }
        }
    }

    @Override
    public void trailer(ByteSink out) {
        out.putShort(-1);
    }
}
