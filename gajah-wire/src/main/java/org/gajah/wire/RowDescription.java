package org.gajah.wire;

import java.util.ArrayList;
import java.util.List;

/** The columns of the rows that follow. */
public record RowDescription(List<Column> columns) implements BackendMessage {
    static RowDescription decode(Body body) throws MalformedMessage {
        int count = body.getUnsignedShort();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(Column.decode(body));
        }
        body.end();
        return new RowDescription(List.copyOf(columns));
    }

    @Override
    public void encode(WireOutput out) {
        int start = out.begin('T');
        out.putShort(columns.size());
        columns.forEach(column -> column.encode(out));
        out.end(start);
    }
}
