package org.gajah.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.gajah.analyze.Analyzer;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.RemoteSample;
import org.gajah.ast.PreparableStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.exec.ForeignReading;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.parse.Parser;
import org.gajah.plan.PlanColumn;
import org.gajah.plan.ResultColumn;
import org.gajah.sysfunc.Identifiers;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** Rows of a table by chance, for ANALYZE: of what is fetched, all rows or what its server takes for a sample, a random part is kept (Vitter's reservoir). */
final class ForeignSample implements CommandOutput {
    private final int most;
    private final Vector[] kept;
    private final RandomGenerator random;
    private long seen;
    private double part = 1;
    private OptionalDouble all = OptionalDouble.empty();

    private ForeignSample(Vector[] kept, int most, long seed) {
        this.kept = kept;
        this.most = most;
        random = new java.util.SplittableRandom(seed);
    }

    /** Reads these columns of a table and keeps at most so many rows. */
    static ForeignSample read(CommandContext context, Relation table, List<Relation.Column> columns, int most) {
        Vector[] kept = columns.stream().map(c -> Vector.of(context.catalog().codec(c.type()).carrier(), most)).toArray(Vector[]::new);
        ForeignSample sample = new ForeignSample(kept, most, table.oid());
        if (table.kind() == 'f' && sample.there(context, table, columns)) {
            return sample;
        }
        String schema = context.catalog().schema(table.namespace()).orElseThrow().name();
        String sql = "SELECT " + String.join(", ", columns.stream().map(c -> Identifiers.quote(c.name())).toList()) + " FROM "
                + Identifiers.quote(schema) + "." + Identifiers.quote(table.name());
        PreparableStatement statement = (PreparableStatement) Parser.parse(Slice.of(sql)).getFirst().statement();
        context.run(Analyzer.analyzeForExecution(statement, context.analysis()).query(), sample);
        return sample;
    }

    /** Reads a sample that the server makes; false if it makes none. */
    private boolean there(CommandContext context, Relation table, List<Relation.Column> columns) {
        ForeignServer server = ForeignCatalog.server(context.catalog(), ForeignCatalog.serverOf(context.catalog(), table));
        ForeignWrapper wrapper = ForeignCatalog.wrapper(context.catalog(), server);
        Supplier<ForeignSession> session = () -> context.execution().session().foreign(server.oid(), 0);
        ForeignTable there = wrapper.described(server, ForeignCatalog.table(context.catalog(), table), session, w -> context.message("WARNING", w));
        List<ForeignExpr> outputs = columns.stream().map(c -> (ForeignExpr) new ForeignExpr.Column(0, there.columns().stream().filter(f -> f.number() == c.number())
                .findFirst().orElseThrow())).toList();
        Optional<RemoteSample> made = wrapper.planner(server).sample(ForeignQuery.of(new ForeignQuery.From.Table(0, there), List.of(), outputs), most,
                session);
        made.ifPresent(m -> {
            part = m.part();
            all = m.all();
            ForeignReading.read(session.get().query(m.query(), List.of()), columns.stream().map(c -> new PlanColumn(c.name(), c.type(), c.typmod(), c.collation())).toList(),
                    context.execution(), this::rows);
        });
        return made.isPresent();
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

    /** How many rows the table has, or is taken to have. */
    long total() {
        return Math.round(all.orElse(seen / part));
    }
}
