package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.TypeStatement.CreateCompositeType;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.txn.lock.LockMode;

/** CREATE TYPE AS (...), and what changes of a composite type's attributes mean for those who use it. */
final class CompositeCommands {
    private final CommandContext context;

    CompositeCommands(CommandContext context) {
        this.context = context;
    }

    void create(CreateCompositeType c) {
        String name = c.name().relation();
        int namespace = c.name().schema().isPresent() ? new Namespaces(context).named(c.name().schema().get()) : context.creationNamespace();
        new TypeCreation(context).requireFreeName(name, namespace);
        List<NewColumn> columns = new ArrayList<>();
        for (ColumnDef attribute : c.attributes()) {
            if (columns.stream().anyMatch(o -> o.name().equals(attribute.name()))) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + attribute.name() + "\" specified more than once");
            }
            columns.add(new ColumnDefinitions(context).column(attribute, false));
        }
        new RelationCreation(context).create(new NewRelation(name, namespace, 'c', 'p', 0, columns));
    }

    /** 0A000 if a table has values of the relation's row type, which could not follow. */
    void requireUnused(Relation relation) {
        Optional<TypeUse.Column> user = relation.rowType() == 0 ? Optional.empty()
                : new TypeUse(context).columnsWith(relation.rowType()).stream().filter(c -> c.relation().storageId() != 0).findFirst();
        user.ifPresent(u -> {
            if (relation.kind() == 'c') {
                throw TypeUse.inUse("type", relation.name(), u);
            }
            throw SqlError.notSupported("cannot alter table \"" + relation.name() + "\" because column \"" + u.relation().name() + "."
                    + u.column().name() + "\" uses its row type");
        });
    }

    /** The tables that are OF the type; with RESTRICT there must be none. */
    List<Relation> typedTables(Relation type, DropBehavior behavior) {
        List<Relation> tables = new ArrayList<>();
        for (CatalogRow row : context.catalog().rows("pg_depend", 2674, Dependencies.TYPE, type.rowType())) {
            if (row.number("classid") == Dependencies.CLASS && row.number("objsubid") == 0 && row.letter("deptype") == 'n') {
                tables.add(context.catalog().relation(row.number("objid")).orElseThrow());
            }
        }
        if (!tables.isEmpty() && behavior != DropBehavior.CASCADE) {
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "cannot alter type \"" + type.name()
                    + "\" because it is the type of a typed table").hint("Use ALTER ... CASCADE to alter the typed tables too.");
        }
        tables.forEach(t -> context.lockRelation(t.oid(), LockMode.ACCESS_EXCLUSIVE));
        return tables;
    }

    static DropBehavior behavior(AlterTableCommand command) {
        return switch (command) {
            case AlterTableCommand.AddColumn a -> a.behavior();
            case AlterTableCommand.DropColumn d -> d.behavior();
            case AlterTableCommand.AlterColumnType t -> t.behavior();
            default -> DropBehavior.RESTRICT;
        };
    }

    /** 42809 unless the type is a composite one that stands for itself. */
    static Relation requireStandalone(TypeRow type, CommandContext context) {
        String name = new ObjectLookup(context).typeName(type);
        if (type.kind() != 'c') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "type " + name + " is not a composite type");
        }
        Relation relation = context.catalog().relation(type.relation()).orElseThrow();
        if (relation.kind() != 'c') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "type " + name + " is the row type of another table")
                    .detail("A typed table must use a stand-alone composite type created with CREATE TYPE.");
        }
        return relation;
    }
}
