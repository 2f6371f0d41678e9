package org.gajah.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.ImportRequest;
import org.gajah.ast.ForeignStatement.CreateForeignTable;
import org.gajah.ast.ForeignStatement.ImportForeignSchema;
import org.gajah.ast.ForeignStatement.ImportScope;
import org.gajah.ast.RangeVar;
import org.gajah.ast.TableStatement.CreateTable;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.parse.Parser;

/** IMPORT FOREIGN SCHEMA: the wrapper writes a CREATE FOREIGN TABLE for each remote table, and those that are wanted are run. */
final class ImportCommand {
    private final CommandContext context;

    ImportCommand(CommandContext context) {
        this.context = context;
    }

    void run(ImportForeignSchema i) {
        ForeignObjects objects = new ForeignObjects(context);
        CatalogRow row = objects.requireServer(i.server());
        objects.requireUsage(AclKind.FOREIGN_SERVER, row);
        int namespace = context.catalog().schema(i.localSchema()).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME, "schema \""
                + i.localSchema() + "\" does not exist")).oid();
        context.requireCreate(namespace);
        ForeignServer server = ForeignCatalog.server(context.catalog(), row.number("oid"));
        ForeignWrapper wrapper = ForeignCatalog.wrapper(context.catalog(), server);
        Map<String, String> options = new LinkedHashMap<>();
        i.options().forEach(o -> options.put(o.name(), OptionValues.text(o).orElse("")));
        ForeignSession session = context.execution().session().foreign(server.oid(), 0);
        Set<String> named = i.tables().stream().map(RangeVar::relation).collect(Collectors.toSet());
        Set<String> limited = i.scope() == ImportScope.LIMIT_TO ? named : Set.of();
        wrapper.importSchema(server, session, new ImportRequest(i.remoteSchema(), limited, options, w -> context.message("WARNING", w))).forEach((table, sql) -> {
            boolean wanted = switch (i.scope()) {
                case ALL -> true;
                case LIMIT_TO -> named.contains(table);
                case EXCEPT -> !named.contains(table);
            };
            if (wanted) {
                create(sql, table, i.localSchema());
            }
        });
    }

    private void create(String sql, String table, String schema) {
        try {
            if (Parser.parse(Slice.of(sql)).getFirst().statement() instanceof CreateForeignTable c) {
                CreateTable t = c.table();
                RangeVar name = t.relation();
                RangeVar local = new RangeVar(name.catalog(), Optional.of(schema), name.relation(), name.inherit(), name.alias(), 0);
                CreateTable placed = new CreateTable(local, t.persistence(), t.ifNotExists(), t.elements(), t.parents(), t.bound(), t.partitionBy(),
                        t.ofType(), t.accessMethod(), t.options(), t.onCommit(), t.tablespace());
                new ForeignTables(context).create(new CreateForeignTable(placed, c.server(), c.options()));
                context.changed();
            }
        } catch (SqlError e) {
            throw e.at(0).context("importing foreign table \"" + table + "\"");
        }
    }
}
