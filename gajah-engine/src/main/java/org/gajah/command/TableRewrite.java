package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Relation;
import org.gajah.exec.RowCopy;

/** Writes all rows of a table anew into fresh storage, some columns with new values, and makes its indexes anew. */
final class TableRewrite {
    static final int DEFAULT = 2;
    static final int COLUMN = 4;

    private final CommandContext context;

    TableRewrite(CommandContext context) {
        this.context = context;
    }

    /** A column's new value, an expression over the row as it was. */
    record Change(Relation before, int column, Expr value) {
    }

    /**
     * Rewrites the table; {@code change} says what one column becomes. A column that was added gets its default, or the next value
     * of its identity, in every row. {@code reason} is what table_rewrite triggers are told.
     */
    void run(Relation table, Optional<Change> change, int reason) {
        context.beforeRewrite(table.oid(), reason);
        Relation before = change.map(Change::before).orElse(table);
        List<RowCopy.Value> values = new ArrayList<>();
        for (Relation.Column c : table.columns()) {
            if (change.isPresent() && change.get().column == c.number()) {
                values.add(new RowCopy.Value(c.number(), change.get().value));
            } else if (change.isEmpty() && c.number() == table.columns().size()) {
                values.add(new RowCopy.Value(c.number(), added(table, c)));
            }
        }
        Relation fresh = new NewStorage(context).replace(table);
        RowCopy.run(context.compile(), context.execution(), before, fresh, values);
        new NewStorage(context).reindex(table.oid());
    }

    private Expr added(Relation table, Relation.Column c) {
        return c.identity() != 0 ? new Expr.NextValue(context.catalog().identitySequence(table.oid(), c.number()), c.type())
                : new ColumnDefinitions(context).defaultOrTypes(c).orElseThrow();
    }
}
