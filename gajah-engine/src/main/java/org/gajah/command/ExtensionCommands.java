package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Analyzer;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.ast.DefElem;
import org.gajah.ast.ExtensionStatement;
import org.gajah.ast.ExtensionStatement.AlterExtension;
import org.gajah.ast.ExtensionStatement.CreateExtension;
import org.gajah.ast.ForeignStatement;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.RawStatement;
import org.gajah.ast.SchemaStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;
import org.gajah.ast.ViewStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.command.Dependencies.Ref;
import org.gajah.foreign.ForeignWrappers;
import org.gajah.parse.Parser;

/** CREATE and ALTER EXTENSION. The extensions that there are come with foreign-data wrappers: each has a script that makes its objects. */
final class ExtensionCommands {
    private final CommandContext context;

    ExtensionCommands(CommandContext context) {
        this.context = context;
    }

    String run(ExtensionStatement statement) {
        return switch (statement) {
            case CreateExtension c -> create(c);
            case AlterExtension a -> update(a);
            case ExtensionStatement.AlterExtensionContents a -> throw SqlError.notSupported("ALTER EXTENSION ... "
                    + (a.add() ? "ADD" : "DROP") + " is not supported");
        };
    }

    private Optional<CatalogRow> row(String name) {
        return context.catalog().row("pg_extension", 3081, Slice.of(name));
    }

    private String create(CreateExtension c) {
        context.requireWritable("CREATE EXTENSION");
        if (row(c.name()).isPresent()) {
            String taken = "extension \"" + c.name() + "\" already exists";
            if (!c.ifNotExists()) {
                throw new SqlError(SqlState.DUPLICATE_OBJECT, taken);
            }
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_OBJECT, taken + ", skipping"));
            return "CREATE EXTENSION";
        }
        ForeignWrapper wrapper = ForeignWrappers.named(c.name()).orElseThrow(() -> SqlError.notSupported(
                "extension \"" + c.name() + "\" is not available").hint("The extension must first be installed on the system where PostgreSQL is running."));
        if (!context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create extension \"" + c.name() + "\"")
                    .hint("Must be superuser to create this extension.");
        }
        requireVersion(c.name(), c.options(), wrapper.version());
        int namespace = option(c.options(), "schema").map(new Namespaces(context)::named).orElseGet(context::creationNamespace);
        int oid = context.newOid();
        context.writer().insert("pg_extension", new CatalogValues("pg_extension").set("oid", oid).set("extname", c.name())
                .set("extowner", context.currentRole().oid()).set("extnamespace", namespace).set("extrelocatable", true)
                .set("extversion", wrapper.version()).row());
        new Dependencies(context).normal(new Ref(Dependencies.EXTENSION, oid, 0), new Ref(Dependencies.NAMESPACE, namespace, 0));
        context.changed();
        script(wrapper, new Ref(Dependencies.EXTENSION, oid, 0), namespace);
        return "CREATE EXTENSION";
    }

    private static Optional<String> option(List<DefElem> options, String name) {
        return options.stream().filter(o -> o.name().equals(name)).findFirst().flatMap(OptionValues::text);
    }

    private static void requireVersion(String name, List<DefElem> options, String version) {
        option(options, "new_version").filter(v -> !v.equals(version)).ifPresent(v -> {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "extension \"" + name + "\" has no installation script nor update path for version \""
                    + v + "\"");
        });
    }

    /** Runs the statements of a script; what they make belongs to the extension. */
    private void script(ForeignWrapper wrapper, Ref extension, int namespace) {
        String name = wrapper.name();
        String prefix = context.catalog().schema(namespace).orElseThrow().name();
        String own = "CREATE FUNCTION @extschema@." + name + "_handler() RETURNS fdw_handler AS 'MODULE_PATHNAME' LANGUAGE C STRICT;"
                + "CREATE FUNCTION @extschema@." + name + "_validator(text[], oid) RETURNS void AS 'MODULE_PATHNAME' LANGUAGE C STRICT;"
                + "CREATE FOREIGN DATA WRAPPER " + name + " HANDLER @extschema@." + name + "_handler VALIDATOR @extschema@." + name + "_validator;";
        String text = (own + wrapper.script()).replace("@extschema@", org.gajah.sysfunc.Identifiers.quote(prefix));
        for (RawStatement raw : Parser.parse(Slice.of(text))) {
            Statement statement = raw.statement();
            switch (statement) {
                case FunctionStatement.CreateFunction f -> new CreateRoutine(context, Optional.of("$libdir/" + name)).run(f);
                case PreparableStatement p -> context.run(Analyzer.analyze(p, context.analysis()).query(), CommandOutput.NOWHERE);
                default -> Commands.run(statement, context, CommandOutput.NOWHERE);
            }
            context.changed();
            made(statement).ifPresent(ref -> new Dependencies(context).member(ref, extension));
        }
        context.changed();
    }

    /** The object that a statement of a script has made. */
    private Optional<Ref> made(Statement statement) {
        return switch (statement) {
            case FunctionStatement.CreateFunction f -> context.catalog().functions(f.name().getLast()).stream()
                    .max((a, b) -> Integer.compareUnsigned(a.oid(), b.oid())).map(p -> new Ref(Dependencies.PROC, p.oid(), 0));
            case ForeignStatement.CreateWrapper w -> new ForeignObjects(context).wrapper(w.name())
                    .map(r -> new Ref(Dependencies.WRAPPER, r.number("oid"), 0));
            case ForeignStatement.CreateServer s -> new ForeignObjects(context).server(s.name())
                    .map(r -> new Ref(Dependencies.SERVER, r.number("oid"), 0));
            case SchemaStatement.CreateSchema s -> context.catalog().schema(s.name().orElseThrow())
                    .map(r -> new Ref(Dependencies.NAMESPACE, r.oid(), 0));
            case TableStatement.CreateTable t -> Optional.of(Ref.relation(new ObjectLookup(context).relation(t.relation()).oid()));
            case ViewStatement.CreateView v -> Optional.of(Ref.relation(new ObjectLookup(context).relation(v.view()).oid()));
            default -> Optional.empty();
        };
    }

    private String update(AlterExtension a) {
        context.requireWritable("ALTER EXTENSION");
        CatalogRow row = row(a.name()).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "extension \"" + a.name() + "\" does not exist"));
        context.requireOwner(row.number("extowner"), "extension", a.name());
        String version = row.text("extversion");
        option(a.options(), "new_version").filter(v -> !v.equals(version)).ifPresent(v -> {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "extension \"" + a.name() + "\" has no update path from version \"" + version
                    + "\" to version \"" + v + "\"");
        });
        context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "version \"" + version + "\" of extension \"" + a.name()
                + "\" is already installed"));
        return "ALTER EXTENSION";
    }
}
