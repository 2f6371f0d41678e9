package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand.AddColumn;
import org.gajah.ast.Constraint;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/**
 * ADD COLUMN. Rows that are there get the default's value without being touched, if the default gives every row the same;
 * otherwise the table is rewritten.
 */
final class AddColumnCommand {
    private final CommandContext context;

    AddColumnCommand(CommandContext context) {
        this.context = context;
    }

    void run(Relation table, AddColumn a) {
        String name = a.column().name();
        if (table.column(name).isPresent()) {
            if (!a.ifNotExists()) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" of relation \"" + table.name() + "\" already exists");
            }
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" of relation \"" + table.name()
                    + "\" already exists, skipping"));
            return;
        }
        new TypedTable(context).refuse(table, "add column to", 0);
        ColumnDefinitions definitions = new ColumnDefinitions(context);
        NewColumn column = definitions.column(a.column(), false);
        int number = table.columns().size() + 1;
        boolean required = column.notNull();
        if (column.hasDefault() || column.identity() != 0) {
            new CompositeCommands(context).requireUnused(table);
        }
        NewColumn nullable = new NewColumn(column.name(), column.type(), column.typmod(), column.collation(), column.dimensions(), false,
                false, column.identity(), column.generated());
        new RelationCreation(context).writeColumn(table.oid(), number, nullable);
        new RelationCreation(context).dependOnType(table.oid(), number, nullable.type());
        CatalogRow row = context.catalog().row("pg_class", 2662, table.oid()).orElseThrow();
        context.writer().update(row, row.with("relnatts", number));
        context.changed();
        if (table.storageId() != 0) {
            layout(table.oid());
        }
        definitions.fill(table.oid(), number, a.column());
        if (table.storageId() != 0) {
            giveValues(table.oid(), number);
        }
        constraints(table.oid(), a, required, name);
        if (!a.column().fdwOptions().isEmpty()) {
            new ForeignTables(context).column(context.catalog().relation(table.oid()).orElseThrow(), name, a.column().fdwOptions());
        }
    }

    private void layout(int oid) {
        Relation table = context.catalog().relation(oid).orElseThrow();
        context.storage().changeLayout(context.transaction(), context.storageId(table.storageId(), false),
                Layouts.of(table, context.catalog()));
    }

    private void giveValues(int oid, int number) {
        Relation table = context.catalog().relation(oid).orElseThrow();
        Relation.Column column = table.column(number);
        if (column.generated() == 'v') {
            return;
        }
        Optional<Expr> value = new ColumnDefinitions(context).defaultOrTypes(column);
        if (column.identity() != 0) {
            new TableRewrite(context).run(table, Optional.empty(), TableRewrite.DEFAULT);
        } else if (value.isPresent()) {
            // an enum's label may get another name, and a domain has to look at every row: only built-in types' values are kept as text
            boolean same = column.generated() == 0 && column.type() < Bootstrap.FIRST_USER_OID && !Exprs.any(value.get(), this::isVolatile);
            if (same) {
                keepMissing(table, column, value.get());
            } else {
                new TableRewrite(context).run(table, Optional.empty(), TableRewrite.DEFAULT);
            }
        }
    }

    private boolean isVolatile(Expr e) {
        return switch (e) {
            case Expr.FunctionCall f -> context.catalog().function(f.function()).orElseThrow().volatility() == 'v';
            case Expr.NextValue n -> true;
            default -> false;
        };
    }

    /** The one value of all rows that are older than the column, in pg_attribute and in the layout. */
    private void keepMissing(Relation table, Relation.Column column, Expr value) {
        Object datum = context.evaluate(List.of(value))[0];
        if (datum == null) {
            return;
        }
        TypeCodec codec = context.catalog().codec(column.type());
        Vector one = Vector.of(codec.carrier(), 1);
        one.set(0, datum);
        ByteSink text = new ByteSink();
        codec.format(one, 0, MissingValues.STYLE, text);
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), column.number()).orElseThrow();
        context.writer().update(row, row.with("atthasmissing", true, "attmissingval", Slice.of(MissingValues.array(text.toString()))));
        context.changed();
        layout(table.oid());
    }

    private void constraints(int table, AddColumn a, boolean required, String name) {
        ConstraintCommands constraints = new ConstraintCommands(context);
        if (required) {
            constraints.requireNotNull(table, name);
        }
        for (Constraint constraint : a.column().constraints()) {
            constraints.add(table, constraint, List.of(name), false);
        }
    }
}
