package org.gajah.command;

import java.util.Optional;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand.AlterColumnType;
import org.gajah.ast.Expression;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.parse.Parser;
import org.gajah.sysfunc.Identifiers;

/** ALTER COLUMN TYPE: the table is rewritten with the column's values cast. */
final class ColumnTypeCommand {
    private final CommandContext context;

    ColumnTypeCommand(CommandContext context) {
        this.context = context;
    }

    void run(Relation table, AlterColumnType a) {
        Relation.Column column = AlterTableCommands.column(table, a.column());
        new TypedTable(context).refuse(table, "alter column type of", a.location());
        if (table.kind() == 'f' && a.using().isPresent()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + table.name() + "\" is not a table");
        }
        requireFree(table, column);
        new CompositeCommands(context).requireUnused(table);
        Names.Typed typed = Names.type(a.type(), context.analysis());
        TypeRow type = context.catalog().type(typed.type()).orElseThrow();
        if (table.kind() == 'c') {
            change(table, column, a, typed, type);
            return;
        }
        Optional<Expr> cast = table.kind() == 'f' ? Optional.empty() : Optional.of(conversion(table, column, a, typed));
        Optional<Expr> oldDefault = new ColumnDefinitions(context).defaultOf(column);
        TableAnalysis.forget(context, table.oid(), column.number());
        change(table, column, a, typed, type);
        Relation changed = context.catalog().relation(table.oid()).orElseThrow();
        oldDefault.filter(d -> column.generated() == 0).ifPresent(d -> new ColumnDefinitions(context).convertDefault(changed,
                changed.column(column.number()), d));
        if (cast.isEmpty() || table.kind() == 'p') {
            return;
        }
        new TableRewrite(context).run(context.catalog().relation(table.oid()).orElseThrow(),
                Optional.of(new TableRewrite.Change(table, column.number(), cast.get())), TableRewrite.COLUMN);
    }

    private Expr conversion(Relation table, Relation.Column column, AlterColumnType a, Names.Typed typed) {
        Expression value = a.using().orElseGet(() -> Parser.parseExpression(Slice.of(Identifiers.quote(column.name()))));
        return Definitions.columnConversion(value, table, column.name(), typed.type(), typed.typmod(), a.using().isPresent(), context.analysis());
    }

    private void change(Relation table, Relation.Column column, AlterColumnType a, Names.Typed typed, TypeRow type) {
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), column.number()).orElseThrow();
        context.writer().update(row, row.with("atttypid", typed.type(), "atttypmod", typed.typmod(), "attlen", type.length(), "attbyval",
                type.byValue(), "attalign", (int) TypeLayout.align(type), "attstorage", (int) TypeLayout.storage(type), "attcollation",
                type.collation(), "atthasmissing", false, "attmissingval", null, "attndims", a.type().arrayBounds().size()));
        for (CatalogRow d : context.catalog().rows("pg_depend", 2673, Dependencies.CLASS, table.oid(), column.number())) {
            if (d.number("refclassid") == Dependencies.TYPE) {
                context.writer().delete(d);
            }
        }
        new RelationCreation(context).dependOnType(table.oid(), column.number(), typed.type());
        context.changed();
    }

    private void requireFree(Relation table, Relation.Column column) {
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, Dependencies.CLASS, table.oid(), column.number())) {
            if (row.number("classid") == Dependencies.REWRITE) {
                throw SqlError.notSupported("cannot alter type of a column used by a view or rule");
            }
            if (row.number("classid") == Dependencies.POLICY) {
                throw SqlError.notSupported("cannot alter type of a column used in a policy definition").detail(new ObjectNames(context)
                        .describe(new Dependencies.Ref(Dependencies.POLICY, row.number("objid"), 0)) + " depends on column \"" + column.name() + "\"");
            }
            boolean generated = row.number("classid") == Dependencies.ATTRDEF && row.letter("deptype") == 'n';
            if (generated) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "cannot alter type of a column used by a generated column");
            }
        }
    }
}
