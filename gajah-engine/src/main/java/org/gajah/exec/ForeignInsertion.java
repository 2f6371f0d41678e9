package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignWriter;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/** Hands full rows of a foreign table over to its server. */
public final class ForeignInsertion {
    private final ForeignWriter writer;
    private final int[] columns;
    private final List<TypeCodec> codecs;

    /**
     * @param attributes the numbers of the columns that are sent
     * @param codecs     of their types
     */
    public ForeignInsertion(ForeignWriter writer, List<Integer> attributes, List<TypeCodec> codecs) {
        this.writer = writer;
        this.columns = attributes.stream().mapToInt(a -> a - 1).toArray();
        this.codecs = codecs;
    }

    /** Inserts rows, maybe later. */
    void insert(Batch rows, Selection selected) {
        for (int i = 0; i < selected.count(); i++) {
            List<Optional<String>> values = new ArrayList<>(columns.length);
            for (int c = 0; c < columns.length; c++) {
                values.add(ForeignScanOperator.text(rows.column(columns[c]), selected.rows[i], codecs.get(c)));
            }
            writer.add(values);
        }
    }

    /** Inserts what was kept back. */
    void finish() {
        writer.flush();
        writer.close();
    }
}
