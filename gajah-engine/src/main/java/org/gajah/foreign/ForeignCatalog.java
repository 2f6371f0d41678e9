package org.gajah.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.UserMapping;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.catalog.TypeRow;

/** Reads servers, user mappings and foreign tables out of the catalogs. */
public final class ForeignCatalog {
    private static final int PG_CATALOG = 11;

    private ForeignCatalog() {
    }

    /** The wrapper behind a foreign table; 55000 if it has no handler, 0A000 if the handler is nobody's here. */
    public static ForeignWrapper requireHandled(Catalog catalog, Relation table) {
        return wrapper(catalog, server(catalog, serverOf(catalog, table)));
    }

    /** The wrapper of a server; 55000 if it has no handler, 0A000 if the handler is nobody's here. */
    public static ForeignWrapper wrapper(Catalog catalog, ForeignServer server) {
        CatalogRow row = catalog.row("pg_foreign_data_wrapper", 548, org.gajah.base.Slice.of(server.wrapper())).orElseThrow();
        if (row.number("fdwhandler") == 0) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "foreign-data wrapper \"" + server.wrapper() + "\" has no handler");
        }
        String source = catalog.function(row.number("fdwhandler")).orElseThrow().source();
        return ForeignWrappers.ofFunction(source, "_handler").orElseThrow(() -> SqlError.notSupported(
                "handler function \"" + source + "\" is not supported"));
    }

    /** The wrapper of a server, if this process has it. */
    public static Optional<ForeignWrapper> wrapperIfAny(Catalog catalog, ForeignServer server) {
        return catalog.row("pg_foreign_data_wrapper", 548, org.gajah.base.Slice.of(server.wrapper())).filter(row -> row.number("fdwhandler") != 0)
                .flatMap(row -> catalog.function(row.number("fdwhandler"))).flatMap(f -> ForeignWrappers.ofFunction(f.source(), "_handler"));
    }

    /** The oid of a foreign table's server. */
    public static int serverOf(Catalog catalog, Relation table) {
        return catalog.row("pg_foreign_table", 3119, table.oid()).orElseThrow().number("ftserver");
    }

    /** A server; 42704 if there is none. */
    public static ForeignServer server(Catalog catalog, int oid) {
        CatalogRow row = catalog.row("pg_foreign_server", 113, oid).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "foreign server with OID " + Integer.toUnsignedString(oid) + " does not exist"));
        CatalogRow wrapper = catalog.row("pg_foreign_data_wrapper", 112, row.number("srvfdw")).orElseThrow();
        return new ForeignServer(oid, row.text("srvname"), wrapper.text("fdwname"), row.textIfAny("srvtype"), row.textIfAny("srvversion"),
                options(wrapper.texts("fdwoptions")), options(row.texts("srvoptions")));
    }

    /** What a role is on a server: its own mapping, or everybody's. */
    public static Optional<UserMapping> mapping(Catalog catalog, int server, int role) {
        RoleRow user = catalog.role(role).orElseThrow();
        return catalog.row("pg_user_mapping", 175, role, server).or(() -> catalog.row("pg_user_mapping", 175, 0, server))
                .map(row -> new UserMapping(user.name(), user.superuser(), options(row.texts("umoptions"))));
    }

    /** A foreign table as its wrapper sees it; 42501 if its owner may not have it as it is. */
    public static ForeignTable table(Catalog catalog, Relation table) {
        ForeignTable read = read(catalog, table);
        ForeignServer server = server(catalog, serverOf(catalog, table));
        wrapperIfAny(catalog, server).flatMap(w -> w.ownersRole(server, read)).filter(role -> !catalog.hasRightsOf(table.owner(), role)).ifPresent(role -> {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for the query of foreign table \"" + table.name() + "\"")
                    .detail("The database of server \"" + server.name() + "\" may work in this process. The table's owner must have privileges of the \"" + role + "\" role.");
        });
        return read;
    }

    private static ForeignTable read(Catalog catalog, Relation table) {
        CatalogRow row = catalog.row("pg_foreign_table", 3119, table.oid()).orElseThrow();
        List<ForeignColumn> columns = new ArrayList<>();
        for (Relation.Column c : table.columns()) {
            if (!c.dropped()) {
                Map<String, String> options = catalog.row("pg_attribute", 2659, table.oid(), c.number())
                        .map(a -> options(a.texts("attfdwoptions"))).orElse(Map.of());
                columns.add(new ForeignColumn(c.number(), c.name(), type(catalog, c.type(), c.typmod()), c.notNull(), options));
            }
        }
        return new ForeignTable(table.oid(), catalog.schema(table.namespace()).map(SchemaRow::name).orElse(""), table.name(),
                List.copyOf(columns), options(row.texts("ftoptions")));
    }

    /** A type as wrappers know it. */
    public static ForeignType type(Catalog catalog, int oid, int typmod) {
        TypeRow type = catalog.type(oid).orElseThrow();
        if (type.trueArray()) {
            return new ForeignType(oid, type(catalog, type.element(), -1).name() + "[]", typmod);
        }
        String schema = type.namespace() == PG_CATALOG ? "" : catalog.schema(type.namespace()).map(s -> s.name() + ".").orElse("");
        return new ForeignType(oid, schema + type.name(), typmod);
    }

    /** Options as the catalogs keep them, {@code name=value}, in order. */
    public static Map<String, String> options(List<String> stored) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : stored) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return options;
    }
}
