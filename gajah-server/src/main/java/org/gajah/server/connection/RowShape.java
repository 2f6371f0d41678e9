package org.gajah.server.connection;

import java.util.List;
import org.gajah.engine.ResultColumn;
import org.gajah.wire.WireOutput;

/** Writes the shape of a result: RowDescription, or NoData. */
final class RowShape {
    private RowShape() {
    }

    static void write(WireOutput out, List<ResultColumn> columns) {
        int start = out.begin('T');
        out.putShort(columns.size());
        for (ResultColumn column : columns) {
            out.putCString(column.name());
            out.putInt(column.table());
            out.putShort(column.attribute());
            out.putInt(column.type());
            out.putShort(column.typeLength());
            out.putInt(column.typmod());
            out.putShort(column.binary() ? 1 : 0);
        }
        out.end(start);
    }
}
