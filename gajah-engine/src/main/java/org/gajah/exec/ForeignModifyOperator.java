package org.gajah.exec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Query;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.plan.Plan;
import org.gajah.table.RowLayout;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/**
 * INSERT, UPDATE and DELETE of a foreign table: row by row, or with one statement that does all. Constraints are the remote table's
 * to check.
 */
final class ForeignModifyOperator extends ModifyOperator {
    private static final int PLACE = -1;

    private final Plan.ForeignModify plan;
    private final Frame frame;
    private final Relation relation;
    private final Optional<Operator> child;
    private final Optional<Kernel[]> parameters;
    private final RowBuilder builder;
    private final RowLayout layout;
    private final Returning returning;
    private final ChangeTriggers triggers;
    private final Trigger.Event event;
    private final List<TypeCodec> codecs = new ArrayList<>();
    private final List<TypeCodec> identityCodecs = new ArrayList<>();
    private Optional<ForeignWriter> writer = Optional.empty();
    private boolean atEnd;

    private ForeignModifyOperator(Plan.ForeignModify plan, OperatorBuilder builder) {
        this.plan = plan;
        this.frame = builder.frame();
        relation = builder.relation(plan.relation());
        ModifyColumns columns = ModifyColumns.of(plan, relation);
        ExprCompiler compiler = builder.compiler(columns);
        returning = new Returning(frame, columns, relation, compiler.compile(plan.returning()),
                plan.checks().stream().map(c -> new Returning.ViewCheck(c.view(), compiler.compile(c.condition()))).toList(), List.of());
        event = Trigger.Event.valueOf(plan.command().name());
        triggers = new ChangeTriggers(builder.context(), frame, relation, EnumSet.of(event), plan.assignments().stream().mapToInt(a -> a.attribute() - 1).toArray());
        child = plan.direct() ? Optional.empty() : Optional.of(builder.build(plan.child()));
        parameters = plan.direct() && plan.child() instanceof Plan.ForeignScan s ? Optional.of(builder.compiler().compile(s.parameters()))
                : Optional.empty();
        this.builder = ModifyBuilder.rows(plan.direct() ? List.of() : plan.assignments(), compiler);
        layout = Layouts.of(relation, builder.context().catalog());
        plan.attributes().forEach(a -> codecs.add(builder.context().catalog().codec(relation.column(a).type())));
        if (!plan.direct()) {
            plan.identity().forEach(i -> identityCodecs.add(builder.context().catalog().codec(plan.child().columns().get(i).type())));
        }
    }

    static Operator build(Plan.ForeignModify plan, OperatorBuilder builder) {
        return new ForeignModifyOperator(plan, builder);
    }

    @Override
    void start() {
        close();
        resetProcessed();
        atEnd = false;
        triggers.begin();
        child.ifPresent(Operator::open);
    }

    @Override
    Batch produce(int max) {
        if (plan.direct()) {
            if (!atEnd && plan.child() instanceof Plan.ForeignScan s) {
                atEnd = true;
                countProcessed(session().change(plan.remote(), ForeignScanOperator.texts(s.parameters(), parameters.orElseThrow(), frame)));
                triggers.end();
            }
            return Vectors.nothing();
        }
        while (!atEnd) {
            frame.checkCancelled();
            Batch batch = child.orElseThrow().next(plan.back().isEmpty() && !triggers.hasBeforeRow() ? BatchSize.MAX : 1);
            if (batch.count() == 0) {
                atEnd = true;
                writer.ifPresent(this::finish);
                triggers.end();
                return Vectors.nothing();
            }
            if (writer.isEmpty()) {
                writer = Optional.of(session().write(plan.remote()));
            }
            Batch old = old(batch);
            Batch rows = event == Trigger.Event.UPDATE && old.columnCount() > 0 ? builder.build(layout, batch, batch.selection(), old)
                    : builder.build(layout, batch, batch.selection());
            if (triggers.hasBeforeRow() && !triggers.before(event, event == Trigger.Event.DELETE ? Vectors.nothing() : rows, old, batch.selection().row(0))) {
                continue;
            }
            if (!plan.back().isEmpty()) {
                Batch result = changeOne(batch, rows, old);
                if (result.count() > 0) {
                    return result;
                }
                continue;
            }
            for (int i = 0; i < batch.count(); i++) {
                writer.get().add(values(batch, rows, batch.selection().row(i)));
            }
            if (triggers.hasBeforeRow()) {
                writer.get().flush();
            }
            triggers.after(event, event == Trigger.Event.DELETE ? Vectors.nothing() : rows, old, batch.selection());
        }
        return Vectors.nothing();
    }

    /** The old rows, if triggers want them. */
    private Batch old(Batch from) {
        if (plan.old().isEmpty()) {
            return Vectors.nothing();
        }
        Vector[] columns = new Vector[plan.old().size()];
        for (int i = 0; i < columns.length; i++) {
            int place = plan.old().get(i);
            columns[i] = place >= 0 ? from.column(place) : nothing(layout.attributes().get(i).carrier(), from.selection().rows.length);
        }
        Batch old = new Batch(columns, from.selection().rows.length);
        old.selection().copyFrom(from.selection());
        return old;
    }

    private static Vector nothing(Carrier carrier, int rows) {
        Vector nulls = Vector.of(carrier, rows);
        for (int i = 0; i < rows; i++) {
            nulls.setNull(i);
        }
        return nulls;
    }

    private ForeignSession session() {
        return frame.context().session().foreign(plan.server(), plan.role());
    }

    private void finish(ForeignWriter w) {
        w.flush();
        countProcessed(w.changed());
    }

    private List<Optional<String>> values(Batch from, Batch rows, int row) {
        List<Optional<String>> values = new ArrayList<>(codecs.size() + identityCodecs.size());
        for (int i = 0; i < codecs.size(); i++) {
            values.add(ForeignScanOperator.text(rows.column(plan.attributes().get(i) - 1), row, codecs.get(i)));
        }
        for (int i = 0; i < identityCodecs.size(); i++) {
            values.add(ForeignScanOperator.text(from.column(plan.identity().get(i)), row, identityCodecs.get(i)));
        }
        return values;
    }

    /** Changes the one row of a batch and computes RETURNING of the row as the server has it then. */
    private Batch changeOne(Batch batch, Batch rows, Batch old) {
        int row = batch.selection().row(0);
        Optional<ForeignReturned.Row> back = new ForeignReturned(frame.context(), relation, layout, plan.alias(), plan.back().contains(PLACE))
                .change(writer.orElseThrow(), values(batch, rows, row), row, batch.selection().rows.length);
        if (back.isEmpty()) {
            return Vectors.nothing();
        }
        Batch after = back.get().columns();
        LongVector tids = back.get().tids();
        triggers.after(event, event == Trigger.Event.DELETE ? Vectors.nothing() : after, old, batch.selection());
        if (returning.isEmpty()) {
            return Vectors.nothing();
        }
        returning.begin(batch);
        boolean delete = plan.command() == Query.Command.DELETE;
        returning.whole(Plan.Modify.ROW, after, tids);
        returning.whole(delete ? Plan.Modify.OLD : Plan.Modify.NEW, after, tids);
        returning.absent(delete ? Plan.Modify.NEW : Plan.Modify.OLD, after, batch.selection());
        returning.check(batch.selection());
        return returning.results(batch.selection());
    }

    @Override
    public void close() {
        writer.ifPresent(ForeignWriter::close);
        writer = Optional.empty();
        child.ifPresent(Operator::close);
    }
}
