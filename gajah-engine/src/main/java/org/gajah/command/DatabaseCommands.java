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
import org.gajah.type.Encoding;

/** CREATE, ALTER and DROP DATABASE: a database is made as a copy of another in which nobody else is at work. */
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
            case DatabaseStatement.AlterDatabase a -> alter(a);
            case DatabaseStatement.RefreshCollationVersion r -> refreshCollation(r.name());
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
                case "connection_limit" -> limit = limit(option);
                case "is_template" -> isTemplate = flag(option);
                case "allow_connections" -> allows = flag(option);
                case "encoding" -> requireEncoding(option);
                case "locale", "lc_collate", "lc_ctype" -> requireOne(option, "C", "POSIX", "C.UTF-8");
                case "strategy", "collation_version", "oid", "locale_provider", "builtin_locale", "icu_locale", "icu_rules", "tablespace", "location" ->
                    throw SqlError.notSupported("CREATE DATABASE option \"" + option.name() + "\" is not supported");
                default -> throw new SqlError(SqlState.SYNTAX_ERROR, "option \"" + option.name() + "\" not recognized").at(option.location());
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
        new Owners(context).requireMaySet(ownerOid);
        if (!from.flag("datistemplate") && !context.rights().owns(role.oid(), from.number("datdba"))) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to copy database \"" + source + "\"");
        }
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

    private static int limit(DefElem option) {
        int limit = Integer.parseInt(text(option, "-1"));
        if (limit < -1) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid connection limit: " + limit);
        }
        return limit;
    }

    private CatalogRow existing(String name) {
        return find(name).orElseThrow(() -> new SqlError(SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist"));
    }

    private String alter(DatabaseStatement.AlterDatabase a) {
        context.requireWritable("ALTER DATABASE");
        CatalogRow row = existing(a.name());
        context.requireOwner(row.number("datdba"), "database", a.name());
        Object[] values = row.values();
        for (DefElem option : a.options()) {
            CatalogRow changed = new CatalogRow(row.table(), row.tid(), values);
            values = switch (option.name()) {
                case "is_template" -> changed.with("datistemplate", flag(option));
                case "allow_connections" -> changed.with("datallowconn", allowConnections(option, row));
                case "connection_limit" -> changed.with("datconnlimit", limit(option));
                case "tablespace" -> throw SqlError.notSupported("ALTER DATABASE SET TABLESPACE is not supported");
                default -> throw new SqlError(SqlState.SYNTAX_ERROR, "option \"" + option.name() + "\" not recognized").at(option.location());
            };
        }
        context.writer().update(row, values);
        context.changed();
        return "ALTER DATABASE";
    }

    private boolean allowConnections(DefElem option, CatalogRow row) {
        boolean allow = flag(option);
        if (!allow && row.number("oid") == context.database()) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "cannot disallow connections for current database");
        }
        return allow;
    }

    /** The collations that there are have no versions that could change. */
    private String refreshCollation(String name) {
        CatalogRow row = existing(name);
        context.requireOwner(row.number("datdba"), "database", name);
        context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "version has not changed"));
        return "ALTER DATABASE";
    }

    /** ALTER DATABASE ... RENAME TO, of one that nobody uses. */
    void rename(String old, String name) {
        CatalogRow row = existing(old);
        context.requireOwner(row.number("datdba"), "database", old);
        RoleRow role = context.currentRole();
        if (!role.superuser() && !role.createDatabase()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to rename database");
        }
        if (find(name).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_DATABASE, "database \"" + name + "\" already exists");
        }
        if (row.number("oid") == context.database()) {
            throw SqlError.notSupported("current database cannot be renamed");
        }
        context.lock(LockTag.database(row.number("oid")), LockMode.ACCESS_EXCLUSIVE);
        context.requireUnused(row.number("oid"), "database \"" + old + "\" is being accessed by other users");
        context.writer().update(row, row.with("datname", Slice.of(Names63.cut(name))));
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

    /** All databases are kept in UTF-8. */
    private static void requireEncoding(DefElem option) {
        String name = text(option, "UTF8");
        Optional<Encoding> encoding = name.chars().allMatch(Character::isDigit) ? Encoding.numbered(Integer.parseInt(name)) : Encoding.named(name);
        if (encoding.isEmpty()) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, name + " is not a valid encoding name").at(option.location());
        }
        if (encoding.get() != Encoding.UTF8) {
            throw SqlError.notSupported("CREATE DATABASE with encoding \"" + name + "\" is not supported");
        }
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
        context.catalog().allRows("pg_db_role_setting").stream().filter(r -> r.number("setdatabase") == row.number("oid"))
                .forEach(context.writer()::delete);
        context.catalog().rows("pg_shdescription", 2397, row.number("oid"), Dependencies.DATABASE).forEach(context.writer()::delete);
        context.writer().delete(row);
        context.storage().dropDatabase(context.transaction(), row.number("oid"));
        context.changed();
        return "DROP DATABASE";
    }
}
