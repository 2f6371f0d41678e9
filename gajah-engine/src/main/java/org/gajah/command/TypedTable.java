package org.gajah.command;

import java.util.ArrayList;
import java.util.List;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.TableElement;
import org.gajah.ast.TypeName;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;

/** CREATE TABLE ... OF type: the columns are the type's, the definition may only add to them; later only the type changes them. */
final class TypedTable {
    private final CommandContext context;

    TypedTable(CommandContext context) {
        this.context = context;
    }

    /** The type's columns with what the elements say about them, then the other elements. */
    List<TableElement> expand(TypeName written, List<TableElement> elements) {
        Relation type = CompositeCommands.requireStandalone(type(written), context);
        List<TableElement> expanded = new ArrayList<>();
        for (Relation.Column c : type.columns()) {
            if (!c.dropped()) {
                ColumnDef plain = new TableLike(context).plain(c);
                ColumnDef given = elements.stream().filter(e -> e instanceof ColumnDef d && d.name().equals(c.name())).map(ColumnDef.class::cast)
                        .findFirst().orElse(plain);
                expanded.add(new ColumnDef(c.name(), plain.type(), given.constraints(), given.collation(), given.storage(),
                        given.compression(), given.fdwOptions(), given.location()));
            }
        }
        for (TableElement element : elements) {
            if (!(element instanceof ColumnDef d)) {
                expanded.add(element);
            } else if (type.column(d.name()).isEmpty()) {
                throw new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + d.name() + "\" does not exist");
            }
        }
        return expanded;
    }

    private TypeRow type(TypeName written) {
        return context.catalog().type(Names.type(written, context.analysis()).type()).orElseThrow();
    }

    /** Marks a table as one of the type. */
    void bind(int table, TypeName written) {
        int type = type(written).oid();
        CatalogRow row = context.catalog().row("pg_class", 2662, table).orElseThrow();
        context.writer().update(row, row.with("reloftype", type));
        new Dependencies(context).normal(Dependencies.Ref.relation(table), TypeCreation.typeRef(type));
        context.changed();
    }

    /** ALTER TABLE NOT OF. */
    void unbind(Relation table) {
        CatalogRow row = context.catalog().row("pg_class", 2662, table.oid()).orElseThrow();
        if (row.number("reloftype") == 0) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + table.name() + "\" is not a typed table");
        }
        for (CatalogRow d : context.catalog().rows("pg_depend", 2673, Dependencies.CLASS, table.oid())) {
            if (d.number("objsubid") == 0 && d.number("refclassid") == Dependencies.TYPE) {
                context.writer().delete(d);
            }
        }
        context.writer().update(row, row.with("reloftype", 0));
        context.changed();
    }

    /** 42809 if the table is a typed one. */
    void refuse(Relation table, String what, int location) {
        if (context.catalog().row("pg_class", 2662, table.oid()).orElseThrow().number("reloftype") != 0) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot " + what + " typed table").at(location);
        }
    }
}
