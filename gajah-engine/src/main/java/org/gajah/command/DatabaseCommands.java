package org.gajah.command;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DatabaseStatement;
import org.gajah.ast.DefElem;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.RoleRow;
import org.gajah.txn.lock.LockMode;
import org.gajah.txn.lock.LockTag;

/** CREATE and DROP DATABASE: a database is made as a copy of another in which nobody else is at work. */
final class DatabaseCommands {
    private final CommandContext context;

    DatabaseCommands(CommandContext context) {
        this.context = context;
    }

    String run(DatabaseStatement statement) {
        return switch (statement) {
            case DatabaseStatement.CreateDatabase c -> create(c);
            case DatabaseStatement.DropDatabase d -> drop(d);
            case DatabaseStatement.AlterDatabaseSet s -> new StoredSettings(context).alterDatabase(s);
            case DatabaseStatement.AlterDatabase a -> throw SqlError.notSupported("ALTER DATABASE with options is not supported");
            case DatabaseStatement.RefreshCollationVersion r -> throw SqlError.notSupported("REFRESH COLLATION VERSION is not supported");
            case DatabaseStatement.CreateTablespace t -> throw SqlError.notSupported("tablespaces are not supported");
            case DatabaseStatement.AlterTablespace t -> throw SqlError.notSupported("tablespaces are not supported");
            case DatabaseStatement.DropTablespace t -> throw SqlError.notSupported("tablespaces are not supported");
        };
    }

    private Optional<CatalogRow> find(String name) {
        return context.catalog().row("pg_database", 2671, Slice.of(name));
    }

    private String create(DatabaseStatement.CreateDatabase c) {
        context.requireOutsideBlock("CREATE DATABASE");
        context.requireWritable("CREATE DATABASE");
        RoleRow role = context.currentRole();
        if (!role.superuser() && !role.createDatabase()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create database");
        }
        String template = "template1";
        String owner = role.name();
        int limit = -1;
        boolean isTemplate = false;
        boolean allows = true;
        for (DefElem option : c.options()) {
            switch (option.name()) {
                case "template" -> template = text(option, template);
                case "owner" -> owner = text(option, owner);
                case "connection_limit" -> limit = Integer.parseInt(text(option, "-1"));
                case "is_template" -> isTemplate = flag(option);
                case "allow_connections" -> allows = flag(option);
                case "encoding" -> requireOne(option, "UTF8", "UNICODE", "UTF-8", "6");
                case "locale", "lc_collate", "lc_ctype" -> requireOne(option, "C", "POSIX", "C.UTF-8");
                default -> throw SqlError.notSupported("CREATE DATABASE option \"" + option.name() + "\" is not supported");
            }
        }
        if (find(c.name()).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_DATABASE, "database \"" + c.name() + "\" already exists");
        }
        String source = template;
        CatalogRow from = find(source).orElseThrow(() -> new SqlError(SqlState.INVALID_CATALOG_NAME,
                "template database \"" + source + "\" does not exist"));
        String ownerName = owner;
        int ownerOid = context.catalog().role(ownerName).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "role \"" + ownerName + "\" does not exist")).oid();
        context.lock(LockTag.database(from.number("oid")), LockMode.SHARE);
        context.requireUnused(from.number("oid"), "source database \"" + source + "\" is being accessed by other users");
        int oid = context.newOid();
        Object[] row = from.with("oid", oid, "datname", Slice.of(c.name()), "datdba", ownerOid, "datistemplate", isTemplate, "datallowconn", allows,
                "datconnlimit", limit, "datacl", null);
        context.writer().insert("pg_database", row);
        context.storage().copyDatabase(context.transaction(), from.number("oid"), oid);
        context.changed();
        return "CREATE DATABASE";
    }

    private static String text(DefElem option, String otherwise) {
        if (option.value().isEmpty()) {
            return otherwise;
        }
        return switch (option.value().get()) {
            case DefElem.Value.Text t -> t.value();
            case DefElem.Value.Number n -> n.value();
            case DefElem.Value.Names n -> n.names().getLast();
            default -> otherwise;
        };
    }

    private static boolean flag(DefElem option) {
        if (option.value().isPresent() && option.value().get() instanceof DefElem.Value.Flag f) {
            return f.value();
        }
        String text = text(option, "true");
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("on") || text.equals("1");
    }

    private static void requireOne(DefElem option, String... allowed) {
        String value = text(option, allowed[0]);
        for (String a : allowed) {
            if (a.equalsIgnoreCase(value)) {
                return;
            }
        }
        throw SqlError.notSupported("CREATE DATABASE with " + option.name() + " \"" + value + "\" is not supported");
    }

    private String drop(DatabaseStatement.DropDatabase d) {
        context.requireOutsideBlock("DROP DATABASE");
        context.requireWritable("DROP DATABASE");
        Optional<CatalogRow> found = find(d.name());
        if (found.isEmpty()) {
            if (!d.missingOk()) {
                throw new SqlError(SqlState.INVALID_CATALOG_NAME, "database \"" + d.name() + "\" does not exist");
            }
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "database \"" + d.name() + "\" does not exist, skipping"));
            return "DROP DATABASE";
        }
        CatalogRow row = found.get();
        context.requireOwner(row.number("datdba"), "database", d.name());
        if (row.flag("datistemplate")) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot drop a template database");
        }
        if (row.number("oid") == context.database()) {
            throw new SqlError(SqlState.OBJECT_IN_USE, "cannot drop the currently open database");
        }
        boolean force = d.options().stream().anyMatch(o -> o.name().equals("force"));
        if (force) {
            context.endSessions(row.number("oid"));
        }
        context.lock(LockTag.database(row.number("oid")), LockMode.ACCESS_EXCLUSIVE);
        context.requireUnused(row.number("oid"), "database \"" + d.name() + "\" is being accessed by other users");
        context.writer().delete(row);
        context.storage().dropDatabase(context.transaction(), row.number("oid"));
        context.changed();
        return "DROP DATABASE";
    }
}
