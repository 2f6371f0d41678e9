package org.gajah.exec;

import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;
import org.gajah.vector.Batch;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** WHEN of row triggers: over the old row's columns, then the new row's, then both rows as values. */
final class TriggerCondition {
    private static final int TABLE_OID = -6;
    private static final int WHOLE = 2;

    private final Kernel kernel;
    private final RowValues values;
    private final boolean whole;

    private TriggerCondition(Kernel kernel, RowValues values, boolean whole) {
        this.kernel = kernel;
        this.values = values;
        this.whole = whole;
    }

    /** Makes ready the stored text of a condition. */
    static TriggerCondition of(CompileContext context, Frame frame, Relation relation, String text) {
        int width = relation.columns().size();
        boolean[] whole = new boolean[1];
        Expr expr = new ExprRewriter() {
            @Override
            public Expr rewrite(Expr e) {
                if (!(e instanceof Expr.Var v)) {
                    return rewriteChildren(e);
                }
                if (v.attribute() == 0) {
                    whole[0] = true;
                    return new Expr.InputColumn(WHOLE, v.rangeIndex(), v.type(), v.typmod(), v.collation());
                }
                if (v.attribute() == TABLE_OID) {
                    return new Expr.Const(Oids.OID, -1, 0, relation.oid(), 0);
                }
                if (v.attribute() < 0) {
                    throw SqlError.notSupported("system columns in trigger WHEN conditions are not supported");
                }
                Relation.Column column = relation.column(v.attribute());
                return column.generated() == 'v' ? ofRow(context, column, v.rangeIndex())
                        : new Expr.InputColumn(v.rangeIndex(), v.attribute() - 1, v.type(), v.typmod(), v.collation());
            }
        }.rewrite(context.reader().read(text));
        Kernel kernel = new ExprCompiler(context, frame, (input, column) -> input * width + column, ExprCompiler.SlotUse.NONE).compile(expr);
        return new TriggerCondition(kernel, new RowValues(relation), whole[0]);
    }

    /** What a virtual column is of the old or the new row. */
    private static Expr ofRow(CompileContext context, Relation.Column column, int row) {
        return new ExprRewriter() {
            @Override
            public Expr rewrite(Expr e) {
                return e instanceof Expr.Var v ? new Expr.InputColumn(row, v.attribute() - 1, v.type(), v.typmod(), v.collation())
                        : rewriteChildren(e);
            }
        }.rewrite(context.reader().read(column.defaultNode().orElseThrow()));
    }

    /** A batch for conditions: the old rows' columns and the new rows'; either may be without columns. */
    static Batch input(Batch old, Batch rows, int width, Selection selected) {
        Batch input = new Batch(new Vector[2 * width + 2], selected.rows.length);
        for (int c = 0; c < width; c++) {
            if (old.columnCount() > 0) {
                input.setColumn(c, old.column(c));
            }
            if (rows.columnCount() > 0) {
                input.setColumn(width + c, rows.column(c));
            }
        }
        input.selection().copyFrom(selected);
        return input;
    }

    /** Finds the rows for which it is true. */
    void select(Batch input, Selection out) {
        if (whole) {
            int width = values.width();
            for (int which = 0; which < 2; which++) {
                if (width == 0 || input.column(which * width) != null) {
                    input.setColumn(2 * width + which, wholeRows(input, which * width));
                }
            }
        }
        kernel.select(input, input.selection(), out);
    }

    private Vector wholeRows(Batch input, int first) {
        ObjectVector rows = new ObjectVector(input.selection().rows.length);
        for (int i = 0; i < input.selection().count(); i++) {
            int row = input.selection().rows[i];
            rows.set(row, values.read(input, first, row));
        }
        return rows;
    }
}
