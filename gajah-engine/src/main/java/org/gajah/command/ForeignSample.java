package org.gajah.command;

import java.util.List;
import java.util.random.RandomGenerator;

import org.gajah.analyze.Analyzer;
import org.gajah.ast.PreparableStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.parse.Parser;
import org.gajah.plan.ResultColumn;
import org.gajah.sysfunc.Identifiers;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** Rows of a foreign table by chance, for ANALYZE: all rows are fetched, a random part of them is kept (Vitter's reservoir). */
final class ForeignSample implements CommandOutput {
    private final int most;
    private final Vector[] kept;
    private final RandomGenerator random;
    private long seen;

    private ForeignSample(Vector[] kept, int most, long seed) {
        this.kept = kept;
        this.most = most;
        random = new java.util.SplittableRandom(seed);
    }

    /** Reads these columns of a table and keeps at most so many rows. */
    static ForeignSample read(CommandContext context, Relation table, List<Relation.Column> columns, int most) {
        Vector[] kept = columns.stream().map(c -> Vector.of(context.catalog().codec(c.type()).carrier(), most)).toArray(Vector[]::new);
        ForeignSample sample = new ForeignSample(kept, most, table.oid());
        String schema = context.catalog().schema(table.namespace()).orElseThrow().name();
        String sql = "SELECT " + String.join(", ", columns.stream().map(c -> Identifiers.quote(c.name())).toList()) + " FROM "
                + Identifiers.quote(schema) + "." + Identifiers.quote(table.name());
        PreparableStatement statement = (PreparableStatement) Parser.parse(Slice.of(sql)).getFirst().statement();
        context.run(Analyzer.analyzeForExecution(statement, context.analysis()).query(), sample);
        return sample;
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        // they are those that were asked for
    }

    @Override
    public void rows(Batch batch) {
        for (int i = 0; i < batch.count(); i++) {
            long place = seen < most ? seen : random.nextLong(seen + 1);
            seen++;
            if (place < most) {
                for (int c = 0; c < kept.length; c++) {
                    kept[c].copyFrom(batch.column(c), batch.selection().row(i), (int) place);
                }
            }
        }
    }

    /** The columns of the rows that were kept. */
    Vector[] columns() {
        return kept;
    }

    /** How many rows were kept. */
    int count() {
        return (int) Math.min(seen, most);
    }

    /** How many rows the table has. */
    long total() {
        return seen;
    }
}
