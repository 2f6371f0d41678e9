package org.gajah.sysfunc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.settings.SettingDefinitions;
import org.gajah.type.Oids;
import org.gajah.type.Privilege;

/** What one call of has_..._privilege asks: who, of what, which privileges (any of a list). Answers are null where there is no such object. */
final class PrivilegeQuestion {
    private final SystemContext context;
    private final Rights rights;

    PrivilegeQuestion(SystemContext context) {
        this.context = context;
        this.rights = new Rights(context.catalog());
    }

    Rights rights() {
        return rights;
    }

    // ---- who ----

    /** A role by name; {@code public} is everybody. */
    int role(Slice name) {
        return name.toString().equals("public") ? 0 : roleNamed(name);
    }

    int roleNamed(Slice name) {
        return context.catalog().role(name.toString()).map(RoleRow::oid).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "role \"" + name + "\" does not exist"));
    }

    boolean isSuperuser(int role) {
        return context.catalog().role(role).map(RoleRow::superuser).orElse(false);
    }

    // ---- of what ----

    /** The oid of an object of a kind by its name. */
    int object(AclKind kind, Slice name) {
        String text = name.toString();
        return switch (kind) {
            case RELATION, SEQUENCE -> Names.relation(Identifiers.split(text), VisibilityFunctions.analysis(context)).oid();
            case SCHEMA -> context.catalog().schema(text).orElseThrow(() -> missing(SqlState.INVALID_SCHEMA_NAME, "schema", text)).oid();
            case DATABASE -> found(context.catalog().row("pg_database", 2671, name), SqlState.INVALID_CATALOG_NAME, "database", text);
            case LANGUAGE -> found(context.catalog().row("pg_language", 2681, name), SqlState.UNDEFINED_OBJECT, "language", text);
            case TABLESPACE -> found(context.catalog().row("pg_tablespace", 2698, name), SqlState.UNDEFINED_OBJECT, "tablespace", text);
            case FOREIGN_SERVER -> found(context.catalog().row("pg_foreign_server", 549, name), SqlState.UNDEFINED_OBJECT, "server", text);
            case FOREIGN_DATA_WRAPPER -> found(context.catalog().row("pg_foreign_data_wrapper", 548, name), SqlState.UNDEFINED_OBJECT,
                    "foreign-data wrapper", text);
            case FUNCTION -> RegNames.resolve(Oids.REGPROCEDURE, name, VisibilityFunctions.analysis(context));
            case TYPE -> RegNames.resolve(Oids.REGTYPE, name, VisibilityFunctions.analysis(context));
            case COLUMN, PARAMETER, LARGE_OBJECT -> throw new IllegalStateException(kind + " by name");
        };
    }

    private static int found(Optional<CatalogRow> row, SqlState state, String word, String name) {
        return row.orElseThrow(() -> missing(state, word, name)).number("oid");
    }

    private static SqlError missing(SqlState state, String word, String name) {
        return new SqlError(state, word + " \"" + name + "\" does not exist");
    }

    // ---- which ----

    /** A privilege with or without the right to grant it. */
    record Asked(long bit, boolean option) {
    }

    /** The list of privileges, which are written between commas. */
    static List<Asked> asked(Slice text, AclKind... kinds) {
        long allowed = Arrays.stream(kinds).mapToLong(AclKind::all).reduce(0, (a, b) -> a | b);
        return Arrays.stream(text.toString().split(",", -1)).map(String::strip).map(part -> one(part, allowed)).toList();
    }

    private static Asked one(String part, long allowed) {
        String upper = part.toUpperCase(Locale.ROOT);
        boolean option = upper.endsWith(" WITH GRANT OPTION");
        Optional<Privilege> privilege = Privilege.named(option ? upper.substring(0, upper.length() - " WITH GRANT OPTION".length()) : upper)
                .filter(p -> (p.bit() & allowed) != 0);
        return new Asked(privilege.orElseThrow(() -> new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                "unrecognized privilege type: \"" + part + "\"")).bit(), option);
    }

    /** Whether one of them is among what is held, or may be granted. */
    static boolean any(List<Asked> asked, long held, long grantable) {
        return asked.stream().anyMatch(a -> ((a.option ? grantable : held) & a.bit) != 0);
    }

    // ---- answers ----

    /** Of an object by name. */
    Boolean holds(AclKind kind, int role, Slice name, Slice privileges) {
        int oid = object(kind, name);
        if (kind == AclKind.SEQUENCE && context.catalog().relation(oid).filter(r -> r.kind() == 'S').isEmpty()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a sequence");
        }
        return holds(kind, role, oid, privileges);
    }

    Boolean holds(AclKind kind, int role, int object, Slice privileges) {
        List<Asked> asked = asked(privileges, kind);
        Optional<CatalogRow> found = context.catalog().row(kind.catalog(), kind.index(), object);
        if (found.isEmpty()) {
            return null;
        }
        CatalogRow row = found.get();
        boolean sequence = kind == AclKind.RELATION && row.letter("relkind") == 'S';
        if (kind == AclKind.SEQUENCE && row.letter("relkind") != 'S') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + row.text("relname") + "\" is not a sequence");
        }
        AclKind actual = sequence ? AclKind.SEQUENCE : kind;
        return isSuperuser(role) || any(asked, rights.held(role, actual, row), rights.grantable(role, actual, row));
    }

    /** Of a setting, whether or not anything was ever granted on it. */
    boolean onParameter(int role, Slice name, Slice privileges) {
        List<Asked> asked = asked(privileges, AclKind.PARAMETER);
        String key = SettingDefinitions.find(name.toString()).map(d -> d.name()).orElse(name.toString()).toLowerCase(Locale.ROOT);
        return isSuperuser(role) || context.catalog().row("pg_parameter_acl", 6246, Slice.of(key))
                .map(r -> any(asked, rights.held(role, AclKind.PARAMETER, r), rights.grantable(role, AclKind.PARAMETER, r))).orElse(false);
    }

    /** Of one column, by itself or over the table. */
    Boolean onColumn(int role, int table, int column, Slice privileges) {
        List<Asked> asked = asked(privileges, AclKind.COLUMN);
        Optional<CatalogRow> relation = context.catalog().row("pg_class", 2662, table);
        Optional<CatalogRow> attribute = context.catalog().row("pg_attribute", 2659, table, column).filter(r -> !r.flag("attisdropped"));
        if (relation.isEmpty() || attribute.isEmpty()) {
            return null;
        }
        return isSuperuser(role) || any(asked, rights.held(role, AclKind.RELATION, relation.get()) | rights.heldOnColumn(role, table, column),
                rights.grantable(role, AclKind.RELATION, relation.get()) | rights.grantable(role, AclKind.COLUMN, attribute.get()));
    }

    int column(int table, Slice name) {
        return context.catalog().row("pg_attribute", 2658, table, name).filter(r -> !r.flag("attisdropped")).map(r -> r.number("attnum"))
                .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" of relation \""
                        + context.catalog().relation(table).map(r -> r.name()).orElse("") + "\" does not exist"));
    }

    /** Of any column, or of the table. */
    Boolean onAnyColumn(int role, int table, Slice privileges) {
        List<Asked> asked = asked(privileges, AclKind.COLUMN);
        Optional<CatalogRow> relation = context.catalog().row("pg_class", 2662, table);
        if (relation.isEmpty()) {
            return null;
        }
        long held = rights.held(role, AclKind.RELATION, relation.get());
        long grantable = rights.grantable(role, AclKind.RELATION, relation.get());
        for (CatalogRow row : context.catalog().rows("pg_attribute", 2659, table)) {
            if (row.number("attnum") > 0 && !row.flag("attisdropped")) {
                held |= rights.heldOnColumn(role, table, row.number("attnum"));
                grantable |= rights.grantable(role, AclKind.COLUMN, row);
            }
        }
        return isSuperuser(role) || any(asked, held, grantable);
    }
}
