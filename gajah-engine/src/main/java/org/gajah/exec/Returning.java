package org.gajah.exec;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** The RETURNING list of a Modify: its expressions over the child's row, the new one and the old one; and what views demand of new rows. */
final class Returning {
    private static final int[] INPUTS = {Plan.Modify.NEW, Plan.Modify.OLD, Plan.Modify.ROW};

    private final Frame frame;
    private final ModifyColumns columns;
    private final Relation relation;
    private final Kernel[] kernels;
    private final List<ViewCheck> checks;
    private final Set<Integer> given;
    private boolean resolved;
    private Batch input = Vectors.nothing();
    private Batch out = Vectors.nothing();

    /** A condition of a view WITH CHECK OPTION. */
    record ViewCheck(String view, Kernel condition) {
    }

    Returning(Frame frame, ModifyColumns columns, Relation relation, Kernel[] kernels, List<ViewCheck> checks, List<Integer> given) {
        this.given = Set.copyOf(given);
        this.frame = frame;
        this.checks = checks;
        this.columns = columns;
        this.relation = relation;
        this.kernels = kernels;
    }

    Relation relation() {
        return relation;
    }

    /** Whether nothing is to be computed from changed rows. */
    boolean isEmpty() {
        return kernels.length == 0 && checks.isEmpty();
    }

    /** Fails if a new row, of those in the selection, is not a row of the view that it was put into. */
    void check(Selection rows) {
        input.selection().copyFrom(rows);
        for (ViewCheck check : checks) {
            BoolVector verdict = (BoolVector) check.condition.eval(input, input.selection());
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (verdict.isNull(row) || !verdict.values[row]) {
                    Batch written = new Batch(new Vector[columns.tableColumns()], input.selection().rows.length);
                    for (int c = 0; c < columns.tableColumns(); c++) {
                        written.setColumn(c, input.column(columns.start(Plan.Modify.ROW) + c));
                    }
                    throw new SqlError(SqlState.WITH_CHECK_OPTION_VIOLATION, "new row violates check option for view \"" + check.view + "\"")
                            .detail(KeyText.row(frame.context(), relation, given, written, row));
                }
            }
        }
    }

    /** Begins a batch of results for a child's batch; then {@link #row} and {@link #whole} tell what was changed. */
    void begin(Batch child) {
        int capacity = child.selection().rows.length;
        if (input.columnCount() != columns.total() || input.selection().rows.length < capacity) {
            input = new Batch(new Vector[columns.total()], capacity);
        }
        for (int c = 0; c < columns.childColumns(); c++) {
            input.setColumn(c, child.column(c));
        }
        input.selection().clear();
        resolved = false;
    }

    /** The rows come of INSERT ... ON CONFLICT: where there is an old row, it was locked before, which xmax shows. */
    void resolved() {
        resolved = true;
    }

    /** Sets an input to a batch of table rows with the same row numbers as the child's, and their tids. */
    void whole(int which, Batch rows, LongVector tids) {
        int start = columns.start(which);
        for (int c = 0; c < columns.tableColumns(); c++) {
            input.setColumn(start + c, rows.column(c));
        }
        input.setColumn(columns.tid(which), tids);
        IntVector oids = new IntVector(input.selection().rows.length);
        Arrays.fill(oids.values, relation.oid());
        input.setColumn(columns.tableOid(which), oids);
    }

    /** As {@link #whole} of a partitioned table: {@code tables} are the partitions that the rows are in. */
    void whole(int which, Batch rows, LongVector tids, IntVector tables) {
        whole(which, rows, tids);
        input.setColumn(columns.tableOid(which), tables);
    }

    /** Sets an input to nulls, at all rows of a selection. */
    void absent(int which, Batch shape, Selection rows) {
        int start = columns.start(which);
        int capacity = input.selection().rows.length;
        for (int c = 0; c < columns.tableColumns() + 2; c++) {
            Carrier carrier = c < columns.tableColumns() ? shape.column(c).carrier()
                    : c == columns.tableColumns() ? Carrier.LONG : Carrier.INT;
            Vector nulls = Vector.of(carrier, capacity);
            for (int i = 0; i < rows.count(); i++) {
                nulls.setNull(rows.rows[i]);
            }
            input.setColumn(start + c, nulls);
        }
    }

    /** Who has written the rows: the transaction, unless there are only old ones, of which it is not known. */
    private void writers(Selection rows) {
        int xid = (int) frame.context().transaction().xid();
        for (int which : INPUTS) {
            int first = columns.writers(which);
            for (int c = first; c < first + ModifyColumns.WRITERS; c++) {
                if (input.column(c) == null || input.column(c).capacity() < input.selection().rows.length) {
                    input.setColumn(c, new IntVector(input.selection().rows.length));
                }
                input.column(c).reset();
            }
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                boolean isNew = which != Plan.Modify.OLD && !input.column(columns.tid(Plan.Modify.NEW)).isNull(row);
                boolean isThere = isNew || !input.column(columns.tid(which)).isNull(row);
                boolean wasLocked = isNew && resolved && !input.column(columns.tid(Plan.Modify.OLD)).isNull(row);
                Integer[] values = {isNew ? (Integer) xid : null, isThere ? (Integer) (wasLocked ? xid : 0) : null, isThere ? (Integer) 0 : null};
                for (int c = 0; c < values.length; c++) {
                    input.column(first + c).set(row, values[c]);
                }
            }
        }
    }

    /** The results for the rows of a selection. */
    Batch results(Selection rows) {
        if (kernels.length == 0) {
            return Vectors.nothing();
        }
        if (out.columnCount() != kernels.length || out.selection().rows.length < input.selection().rows.length) {
            out = new Batch(new Vector[kernels.length], input.selection().rows.length);
        }
        input.selection().copyFrom(rows);
        writers(rows);
        for (int i = 0; i < kernels.length && rows.count() > 0; i++) {
            out.setColumn(i, kernels[i].eval(input, input.selection()));
        }
        out.selection().copyFrom(rows);
        return out;
    }
}
