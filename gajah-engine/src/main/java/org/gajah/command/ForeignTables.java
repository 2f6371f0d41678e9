package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Constraint;
import org.gajah.ast.DefElem;
import org.gajah.ast.ForeignStatement.CreateForeignTable;
import org.gajah.ast.TableElement;
import org.gajah.ast.TableStatement.CreateTable;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;

/** CREATE FOREIGN TABLE, and the options of such a table and of its columns. */
final class ForeignTables {
    private final CommandContext context;
    private final ForeignOptions options;

    ForeignTables(CommandContext context) {
        this.context = context;
        options = new ForeignOptions(context);
    }

    void create(CreateForeignTable c) {
        refuse(c.table());
        Optional<Integer> made = new TableCommands(context).make(c.table(), 'f');
        if (made.isEmpty()) {
            return;
        }
        ForeignObjects objects = new ForeignObjects(context);
        CatalogRow server = objects.requireServer(c.server());
        objects.requireUsage(AclKind.FOREIGN_SERVER, server);
        int table = made.get();
        context.writer().insert("pg_foreign_table", new CatalogValues("pg_foreign_table").set("ftrelid", table)
                .set("ftserver", server.number("oid"))
                .set("ftoptions", options.changed(List.of(), c.options(), OptionTarget.TABLE, options.validatorOf(server))).row());
        new Dependencies(context).normal(Ref.relation(table), new Ref(Dependencies.SERVER, server.number("oid"), 0));
        context.changed();
        for (TableElement e : c.table().elements()) {
            if (e instanceof ColumnDef d && !d.fdwOptions().isEmpty()) {
                column(context.catalog().relation(table).orElseThrow(), d.name(), d.fdwOptions());
            }
        }
    }

    private static void refuse(CreateTable table) {
        for (TableElement e : table.elements()) {
            List<Constraint> constraints = new ArrayList<>();
            switch (e) {
                case ColumnDef d -> constraints.addAll(d.constraints());
                case Constraint k -> constraints.add(k);
                case TableElement.TableLikeClause l -> { }
            }
            constraints.forEach(ForeignTables::requireAllowed);
        }
    }

    /** 0A000 for the constraints that only tables have. */
    static void requireAllowed(Constraint constraint) {
        Optional<String> what = switch (constraint) {
            case Constraint.Key k -> Optional.of(k.primary() ? "primary key" : "unique");
            case Constraint.ForeignKey f -> Optional.of("foreign key");
            case Constraint.Exclusion x -> Optional.of("exclusion");
            case Constraint.NotNull n -> Optional.empty();
            case Constraint.Null n -> Optional.empty();
            case Constraint.Check c -> Optional.empty();
            case Constraint.Default d -> Optional.empty();
            case Constraint.Identity i -> Optional.empty();
            case Constraint.Generated g -> Optional.empty();
        };
        if (what.isPresent()) {
            throw SqlError.notSupported(what.get() + " constraints are not supported on foreign tables").at(constraint.location());
        }
    }

    private CatalogRow server(Relation table) {
        int oid = row(table).number("ftserver");
        return context.catalog().row("pg_foreign_server", 113, oid).orElseThrow();
    }

    private CatalogRow row(Relation table) {
        return context.catalog().row("pg_foreign_table", 3119, table.oid()).orElseThrow();
    }

    /** ALTER FOREIGN TABLE ... OPTIONS. */
    void options(Relation table, AlterTableCommand.ForeignOptions o) {
        CatalogRow row = row(table);
        context.writer().update(row, row.with("ftoptions", options.changed(row.texts("ftoptions"), o.options(), OptionTarget.TABLE,
                options.validatorOf(server(table)))));
    }

    /** ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS, and the options of a new column. */
    void column(Relation table, String name, List<DefElem> written) {
        int number = AlterTableCommands.column(table, name).number();
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), number).orElseThrow();
        context.writer().update(row, row.with("attfdwoptions", options.changed(row.texts("attfdwoptions"), written, OptionTarget.COLUMN,
                options.validatorOf(server(table)))));
        context.changed();
    }
}
