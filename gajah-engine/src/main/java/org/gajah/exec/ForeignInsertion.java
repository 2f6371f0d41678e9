package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.plan.ForeignChanges;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/** Hands full rows of a foreign table over to its server. */
public final class ForeignInsertion {
    private final ForeignWriter writer;
    private final int[] columns;
    private final List<TypeCodec> codecs;
    private final Optional<ForeignReturned> back;

    private ForeignInsertion(ForeignWriter writer, List<Integer> attributes, List<TypeCodec> codecs, Optional<ForeignReturned> back) {
        this.writer = writer;
        this.columns = attributes.stream().mapToInt(a -> a - 1).toArray();
        this.codecs = codecs;
        this.back = back;
    }

    /** Into all columns of a table that are not generated; if triggers behind it want to see the rows as they are there, they come back one by one. */
    public static ForeignInsertion of(ExecContext context, Relation relation, ForeignTable table, ForeignPlanner planner, ForeignSession session) {
        List<ForeignColumn> columns = table.columns().stream().filter(c -> relation.column(c.number()).generated() == 0).toList();
        boolean shows = ForeignChanges.showsRows(relation, table, planner, ForeignChange.Kind.INSERT);
        ForeignChange change = new ForeignChange(table, ForeignChange.Kind.INSERT, columns, List.of(), shows ? table.columns() : List.of(), false,
                table.columns().stream().filter(c -> !columns.contains(c)).toList());
        return new ForeignInsertion(session.write(planner.change(change)), columns.stream().map(ForeignColumn::number).toList(),
                columns.stream().map(c -> context.catalog().codec(c.type().oid())).toList(),
                shows ? Optional.of(new ForeignReturned(context, relation, Layouts.of(relation, context.catalog()), relation.name(), false)) : Optional.empty());
    }

    /** Inserts rows, maybe later; columns of rows that come back become what they are there. */
    void insert(Batch rows, Selection selected) {
        for (int i = 0; i < selected.count(); i++) {
            int row = selected.rows[i];
            List<Optional<String>> values = new ArrayList<>(columns.length);
            for (int c = 0; c < columns.length; c++) {
                values.add(ForeignScanOperator.text(rows.column(columns[c]), row, codecs.get(c)));
            }
            if (back.isEmpty()) {
                writer.add(values);
                continue;
            }
            back.get().change(writer, values, row, row + 1).ifPresent(b -> {
                for (int c = 0; c < rows.columnCount(); c++) {
                    rows.column(c).copyFrom(b.columns().column(c), row, row);
                }
            });
        }
    }

    /** Inserts what was kept back. */
    void finish() {
        writer.flush();
        writer.close();
    }
}
