package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.base.ByteSink;
import org.gajah.catalog.PlainContext;
import org.gajah.plan.Plan;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** The rows of a query that a foreign server runs. The query is sent when the first row is wanted. */
final class ForeignScanOperator extends Operator {
    private final Plan.ForeignScan plan;
    private final Frame frame;
    private final Kernel[] parameters;
    private final Optional<Kernel> filter;
    private final Batch out;
    private final Selection all;
    private Optional<ForeignRowTarget> target = Optional.empty();
    private Optional<ForeignRows> rows = Optional.empty();
    private boolean atEnd;
    private long limit = Long.MAX_VALUE;
    private long fetched;

    ForeignScanOperator(Plan.ForeignScan plan, OperatorBuilder builder) {
        this.plan = plan;
        this.frame = builder.frame();
        this.parameters = builder.compiler().compile(plan.parameters());
        this.filter = builder.compile(plan.filter());
        this.out = Batch.of(builder.carriers(plan.columns()), BatchSize.MAX);
        this.all = new Selection(BatchSize.MAX);
    }

    @Override
    void start() {
        close();
        atEnd = false;
        fetched = 0;
    }

    /** Whether all tables have been analyzed. */
    private boolean isKnown() {
        return plan.tables().stream().allMatch(b -> frame.context().catalog().relation(b.relation()).map(r -> r.rowEstimate() >= 0).orElse(false));
    }

    private ForeignSession.Expected expected() {
        boolean estimated = plan.filter().isEmpty() && plan.feed().isEmpty() && isKnown();
        boolean plain = plan.query().limit().isEmpty() && plan.query().offset().isEmpty() && plan.query().lock().isEmpty();
        return new ForeignSession.Expected(estimated ? plan.estimate().rows() : Double.POSITIVE_INFINITY, plain);
    }

    private void requireWithinLimit(long count, String verb) {
        if (count > limit) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "foreign scan on \"" + plan.tables().getFirst().alias() + "\" " + verb + " " + count
                    + " rows, which is more than gajah.foreign_row_limit").hint("EXPLAIN VERBOSE shows what is not pushed down.");
        }
    }

    @Override
    Batch produce(int max) {
        while (!atEnd) {
            frame.checkCancelled();
            if (rows.isEmpty()) {
                limit = frame.context().session().foreignRowLimit();
                requireWithinLimit(plan.feed().isEmpty() && isKnown() ? (long) plan.estimate().rows() : 0, "is estimated to fetch");
                target = Optional.of(new ForeignRowTarget(out, plan.columns(), frame.context(), this::place));
                rows = Optional.of(frame.context().session().foreign(plan.server(), plan.role()).query(plan.remote(),
                        texts(plan.parameters(), parameters, frame), expected()));
            }
            ForeignRowTarget to = target.orElseThrow();
            to.reset();
            int count = rows.get().fetch(to, Math.min(max, BatchSize.MAX));
            fetched += count;
            requireWithinLimit(fetched, "has fetched");
            if (count == 0) {
                close();
                atEnd = true;
            }
            all.all(count);
            out.selection().copyFrom(all);
            if (count > 0 && filter.isPresent()) {
                filter.get().select(out, out.selection(), out.selection());
                statistics().removedByFilter += count - out.count();
            }
            if (out.count() > 0) {
                return out;
            }
        }
        return end(out);
    }

    private String place(int column) {
        if (plan.remote().placesErrors()) {
            return "";
        }
        Optional<Plan.ForeignBase> of = plan.outputs().get(column) instanceof Expr.Var v ? plan.bases().stream().filter(b -> b.range() == v.rangeIndex()).findFirst()
                : Optional.empty();
        if (of.isPresent() && of.get() instanceof Plan.ForeignTableBase base && plan.outputs().get(column) instanceof Expr.Var v) {
            return frame.context().catalog().relation(base.relation()).map(r -> (v.attribute() > 0 ? "column \"" + r.column(v.attribute()).name()
                    + "\"" : "column \"ctid\"") + " of foreign table \"" + base.alias() + "\"").orElse("");
        }
        return "processing expression at position " + (column + 1) + " in select list";
    }

    /** Values of expressions without input as text in ISO style. */
    static List<Optional<String>> texts(List<Expr> exprs, Kernel[] kernels, Frame frame) {
        List<Optional<String>> texts = new ArrayList<>();
        Batch row = Vectors.oneRow();
        for (int i = 0; i < kernels.length; i++) {
            texts.add(text(kernels[i].eval(row, row.selection()), 0, frame.context().catalog().codec(exprs.get(i).type())));
        }
        return texts;
    }

    /** A value as text in ISO style; nothing for null. */
    static Optional<String> text(Vector values, int row, TypeCodec codec) {
        if (values.isNull(row)) {
            return Optional.empty();
        }
        ByteSink out = new ByteSink();
        codec.format(values, row, PlainContext.INSTANCE, out);
        return Optional.of(out.view().toString());
    }

    @Override
    public void close() {
        rows.ifPresent(ForeignRows::close);
        rows = Optional.empty();
    }
}
