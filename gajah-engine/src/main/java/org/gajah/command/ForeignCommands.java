package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.OptionTarget;
import org.gajah.ast.DefElem;
import org.gajah.ast.ForeignStatement;
import org.gajah.ast.ForeignStatement.AlterServer;
import org.gajah.ast.ForeignStatement.AlterWrapper;
import org.gajah.ast.ForeignStatement.CreateServer;
import org.gajah.ast.ForeignStatement.CreateWrapper;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ProcRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;

/** CREATE and ALTER of foreign-data wrappers and servers. */
final class ForeignCommands {
    private static final int TEXT_ARRAY = 1009;

    private final CommandContext context;
    private final ForeignObjects objects;
    private final ForeignOptions options;

    ForeignCommands(CommandContext context) {
        this.context = context;
        objects = new ForeignObjects(context);
        options = new ForeignOptions(context);
    }

    String run(ForeignStatement statement) {
        String tag = CommandTags.of(statement).replace("WRAPPER", "FOREIGN DATA WRAPPER");
        context.requireWritable(tag);
        switch (statement) {
            case CreateWrapper c -> createWrapper(c);
            case AlterWrapper a -> alterWrapper(a);
            case CreateServer c -> createServer(c);
            case AlterServer a -> alterServer(a);
            case ForeignStatement.CreateUserMapping c -> new UserMappings(context).create(c);
            case ForeignStatement.AlterUserMapping a -> new UserMappings(context).alter(a);
            case ForeignStatement.DropUserMapping d -> new UserMappings(context).drop(d);
            case ForeignStatement.CreateRoutineMapping c -> new RoutineMappingCommands(context).create(c);
            case ForeignStatement.AlterRoutineMapping a -> new RoutineMappingCommands(context).alter(a);
            case ForeignStatement.DropRoutineMapping d -> new RoutineMappingCommands(context).drop(d);
            case ForeignStatement.CreateForeignTable c -> new ForeignTables(context).create(c);
            case ForeignStatement.ImportForeignSchema i -> new ImportCommand(context).run(i);
        }
        context.changed();
        return tag;
    }

    private void requireSuperuser(String verb, String name) {
        if (!context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to " + verb + " foreign-data wrapper \"" + name + "\"")
                    .hint("Must be superuser to " + verb + " a foreign-data wrapper.");
        }
    }

    private void createWrapper(CreateWrapper c) {
        requireSuperuser("create", c.name());
        if (objects.wrapper(c.name()).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "foreign-data wrapper \"" + c.name() + "\" already exists");
        }
        int handler = function(c.functions(), "handler").orElse(0);
        int validator = function(c.functions(), "validator").orElse(0);
        int oid = context.newOid();
        ArrayValue value = options.changed(List.of(), c.options(), OptionTarget.WRAPPER, validator);
        context.writer().insert("pg_foreign_data_wrapper", new CatalogValues("pg_foreign_data_wrapper").set("oid", oid).set("fdwname", c.name())
                .set("fdwowner", context.currentRole().oid()).set("fdwhandler", handler).set("fdwvalidator", validator)
                .set("fdwoptions", value).row());
        functionDependencies(oid, handler, validator);
    }

    private void functionDependencies(int wrapper, int handler, int validator) {
        Dependencies depend = new Dependencies(context);
        depend.normal(new Ref(Dependencies.WRAPPER, wrapper, 0), new Ref(Dependencies.PROC, handler, 0));
        depend.normal(new Ref(Dependencies.WRAPPER, wrapper, 0), new Ref(Dependencies.PROC, validator, 0));
    }

    /** The function given for HANDLER or VALIDATOR: 0 for NO, empty if nothing was said. */
    private Optional<Integer> function(List<DefElem> written, String what) {
        List<DefElem> given = written.stream().filter(d -> d.name().equals(what)).toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (!(given.getFirst().value().orElse(null) instanceof DefElem.Value.Names(List<String> names))) {
            return Optional.of(0);
        }
        boolean handler = what.equals("handler");
        List<Integer> arguments = handler ? List.of() : List.of(TEXT_ARRAY, Oids.OID);
        ProcRow found = named(names).stream().filter(f -> f.argTypes().equals(arguments)).findFirst().orElseThrow(() -> new SqlError(
                SqlState.UNDEFINED_FUNCTION, "function " + String.join(".", names) + (handler ? "()" : "(text[], oid)") + " does not exist"));
        if (handler && found.returnType() != Oids.FDW_HANDLER) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "function " + String.join(".", names) + " must return type fdw_handler");
        }
        if (given.size() > 1) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "conflicting or redundant options").at(given.get(1).location());
        }
        return Optional.of(found.oid());
    }

    private List<ProcRow> named(List<String> names) {
        Optional<Integer> schema = names.size() < 2 ? Optional.empty() : Optional.of(new Namespaces(context).named(names.get(names.size() - 2)));
        List<Integer> path = new java.util.ArrayList<>(context.searchPath());
        path.add(PG_CATALOG);
        return context.catalog().functions(names.getLast()).stream()
                .filter(f -> schema.map(s -> f.namespace() == s).orElseGet(() -> path.contains(f.namespace()))).toList();
    }

    private static final int PG_CATALOG = 11;

    private void alterWrapper(AlterWrapper a) {
        requireSuperuser("alter", a.name());
        CatalogRow row = objects.requireWrapper(a.name());
        Optional<Integer> handler = function(a.functions(), "handler");
        Optional<Integer> validator = function(a.functions(), "validator");
        int validated = validator.orElse(row.number("fdwvalidator"));
        if (handler.isPresent()) {
            context.message("WARNING", new SqlError(SqlState.WARNING,
                    "changing the foreign-data wrapper handler can change behavior of existing foreign tables"));
        }
        if (validator.isPresent() && validated != 0) {
            context.message("WARNING", new SqlError(SqlState.WARNING,
                    "changing the foreign-data wrapper validator can cause the options for dependent objects to become invalid"));
        }
        Object value = a.options().isEmpty() ? row.get("fdwoptions")
                : options.changed(row.texts("fdwoptions"), a.options(), OptionTarget.WRAPPER, validated);
        context.writer().update(row, row.with("fdwhandler", handler.orElse(row.number("fdwhandler")), "fdwvalidator", validated,
                "fdwoptions", value));
        if (handler.isPresent() || validator.isPresent()) {
            for (CatalogRow d : context.catalog().rows("pg_depend", 2673, Dependencies.WRAPPER, row.number("oid"))) {
                if (d.number("refclassid") == Dependencies.PROC) {
                    context.writer().delete(d);
                }
            }
            functionDependencies(row.number("oid"), handler.orElse(row.number("fdwhandler")), validated);
        }
    }

    private void createServer(CreateServer c) {
        if (objects.server(c.name()).isPresent()) {
            SqlError taken = new SqlError(SqlState.DUPLICATE_OBJECT, "server \"" + c.name() + "\" already exists");
            if (!c.ifNotExists()) {
                throw taken;
            }
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_OBJECT, "server \"" + c.name() + "\" already exists, skipping"));
            return;
        }
        CatalogRow wrapper = objects.requireWrapper(c.wrapper());
        objects.requireUsage(AclKind.FOREIGN_DATA_WRAPPER, wrapper);
        int oid = context.newOid();
        ArrayValue value = options.changed(List.of(), c.options(), OptionTarget.SERVER, wrapper.number("fdwvalidator"));
        context.writer().insert("pg_foreign_server", new CatalogValues("pg_foreign_server").set("oid", oid).set("srvname", c.name())
                .set("srvowner", context.currentRole().oid()).set("srvfdw", wrapper.number("oid"))
                .set("srvtype", c.type().map(Slice::of).orElse(null)).set("srvversion", c.version().map(Slice::of).orElse(null))
                .set("srvoptions", value).row());
        new Dependencies(context).normal(new Ref(Dependencies.SERVER, oid, 0), new Ref(Dependencies.WRAPPER, wrapper.number("oid"), 0));
    }

    private void alterServer(AlterServer a) {
        CatalogRow row = objects.requireServer(a.name());
        context.requireOwner(row.number("srvowner"), "foreign server", a.name());
        Object value = a.options().isEmpty() ? row.get("srvoptions")
                : options.changed(row.texts("srvoptions"), a.options(), OptionTarget.SERVER, options.validatorOf(row));
        context.writer().update(row, row.with("srvversion", a.hasVersion() ? a.version().map(Slice::of).orElse(null) : row.get("srvversion"),
                "srvoptions", value));
    }
}
