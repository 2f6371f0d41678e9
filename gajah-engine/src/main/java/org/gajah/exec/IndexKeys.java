package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.base.ByteSink;
import org.gajah.catalog.Relation;
import org.gajah.table.KeyEncoder;
import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * The keys that the rows of a table have in one of its indexes: columns or expressions, encoded; and which rows a partial
 * index has at all. Works on batches with a column for each of the table's.
 */
public final class IndexKeys {
    private final Relation.Index index;
    private final KeyEncoder encoder;
    private final Kernel[] kernels;
    private final Optional<Kernel> predicate;
    private final Vector[] values;
    private Selection included = new Selection(1);

    private IndexKeys(Relation.Index index, KeyEncoder encoder, Kernel[] kernels, Optional<Kernel> predicate) {
        this.index = index;
        this.encoder = encoder;
        this.kernels = kernels;
        this.predicate = predicate;
        this.values = new Vector[kernels.length];
    }

    /** For batches with a column for each of the table's. */
    static IndexKeys of(CompileContext context, Frame frame, Relation relation, Relation.Index index) {
        return of(context, frame, relation, index, ExprCompiler.InputColumns.SINGLE);
    }

    static IndexKeys of(CompileContext context, Frame frame, Relation relation, Relation.Index index, ExprCompiler.InputColumns columns) {
        ExprCompiler compiler = new ExprCompiler(context, frame, columns, ExprCompiler.SlotUse.NONE);
        Kernel[] kernels = new Kernel[index.keyColumns()];
        List<Expr> keys = keyExpressions(context, relation, index);
        for (int i = 0; i < kernels.length; i++) {
            kernels[i] = compiler.compile(keys.get(i));
        }
        Optional<Kernel> predicate = index.predicate().map(text -> compiler.compile(context.reader().read(text)));
        return new IndexKeys(index, encoder(context, relation, index), kernels, predicate);
    }

    /** The encoder of an index's keys. */
    static KeyEncoder encoder(CompileContext context, Relation relation, Relation.Index index) {
        List<KeyEncoder.Part> parts = new ArrayList<>();
        List<Expr> keys = keyExpressions(context, relation, index);
        for (int i = 0; i < index.keyColumns(); i++) {
            Ordered order = context.ordered(keys.get(i).type());
            parts.add(new KeyEncoder.Part(order, index.descending().get(i), index.nullsFirst().get(i)));
        }
        return new KeyEncoder(parts);
    }

    /** The key columns as expressions over the table's columns. */
    static List<Expr> keyExpressions(CompileContext context, Relation relation, Relation.Index index) {
        List<Expr> keys = new ArrayList<>();
        int expression = 0;
        for (int i = 0; i < index.keyColumns(); i++) {
            int number = index.columns().get(i);
            if (number == 0) {
                keys.add(context.reader().read(index.expressions().get(expression++)));
            } else {
                Relation.Column column = relation.column(number);
                keys.add(new Expr.InputColumn(0, number - 1, column.type(), column.typmod(), column.collation()));
            }
        }
        return keys;
    }

    Relation.Index index() {
        return index;
    }

    KeyEncoder encoder() {
        return encoder;
    }

    /** Evaluates the keys of the selected rows of a batch; those in the index are then in {@link #included}. */
    void evaluate(Batch rows) {
        evaluate(rows, rows.selection());
    }

    void evaluate(Batch rows, Selection selected) {
        included = Kernel.scratch(included, rows);
        if (predicate.isPresent()) {
            predicate.get().select(rows, selected, included);
        } else {
            included.copyFrom(selected);
        }
        for (int i = 0; i < kernels.length; i++) {
            values[i] = kernels[i].eval(rows, included);
        }
    }

    /** Evaluates the key of one row; whether the index has it. */
    boolean evaluate(Batch rows, int row) {
        Selection one = new Selection(1);
        one.add(row);
        evaluate(rows, one);
        return included.count() > 0;
    }

    /** The rows among those evaluated that are in the index. */
    Selection included() {
        return included;
    }

    /** Appends the key of a row that was evaluated and is included. */
    void encode(int row, ByteSink out) {
        encoder.encode(values, row, out);
    }

    /** Whether any key column of the row is null. */
    boolean hasNull(int row) {
        for (Vector value : values) {
            if (value.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /** The value of a key column of a row that was evaluated. */
    Vector value(int column) {
        return values[column];
    }
}
