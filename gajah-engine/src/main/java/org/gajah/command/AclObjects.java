package org.gajah.command;

import java.util.ArrayList;
import java.util.List;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.GrantStatement;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;
import org.gajah.settings.SettingDefinitions;
import org.gajah.settings.Settings;
import org.gajah.sysfunc.RegNames;

/** Finds the objects that GRANT and REVOKE name. */
final class AclObjects {
    private static final int TYPE_INDEX = 2703;

    private final CommandContext context;

    AclObjects(CommandContext context) {
        this.context = context;
    }

    List<AclObject> of(GrantStatement.Grant grant) {
        List<AclObject> objects = new ArrayList<>();
        for (ObjectRef ref : grant.objects()) {
            if (grant.allIn()) {
                allIn(named(ref), grant.kind(), objects);
            } else {
                objects.add(find(grant.kind(), ref));
            }
        }
        return objects;
    }

    private static String named(ObjectRef ref) {
        return ((ObjectRef.Named) ref).name().getLast();
    }

    private AclObject find(ObjectKind kind, ObjectRef ref) {
        return switch (kind) {
            case TABLE, VIEW -> relation(Names.relation(((ObjectRef.Named) ref).name(), context.analysis()), false);
            case SEQUENCE -> relation(Names.relation(((ObjectRef.Named) ref).name(), context.analysis()), true);
            case SCHEMA -> one(AclKind.SCHEMA, schema(named(ref)));
            case DATABASE -> AclObject.of(AclKind.DATABASE, context.catalog().row("pg_database", 2671, Slice.of(named(ref)))
                    .orElseThrow(() -> missing(SqlState.INVALID_CATALOG_NAME, "database", named(ref))));
            case FUNCTION, PROCEDURE, ROUTINE -> one(AclKind.FUNCTION, new Routines(context).find((ObjectRef.OfFunction) ref,
                    kind == ObjectKind.PROCEDURE ? "procedure" : "function").oid());
            case LANGUAGE -> language(named(ref));
            case TABLESPACE -> AclObject.of(AclKind.TABLESPACE, context.catalog().row("pg_tablespace", 2698, Slice.of(named(ref)))
                    .orElseThrow(() -> missing(SqlState.UNDEFINED_OBJECT, "tablespace", named(ref))));
            case TYPE, DOMAIN -> type(kind, ref);
            case FOREIGN_DATA_WRAPPER -> AclObject.of(AclKind.FOREIGN_DATA_WRAPPER, new ForeignObjects(context).requireWrapper(named(ref)));
            case SERVER -> AclObject.of(AclKind.FOREIGN_SERVER, new ForeignObjects(context).requireServer(named(ref)));
            case PARAMETER -> parameter(String.join(".", ((ObjectRef.Named) ref).name()));
            default -> throw SqlError.notSupported("GRANT on " + kind.words() + " is not supported");
        };
    }

    private static SqlError missing(SqlState state, String word, String name) {
        return new SqlError(state, word + " \"" + name + "\" does not exist");
    }

    private AclObject one(AclKind kind, int oid) {
        return AclObject.of(kind, context.catalog().row(kind.catalog(), kind.index(), oid).orElseThrow());
    }

    private int schema(String name) {
        return context.catalog().schema(name).map(SchemaRow::oid).orElseThrow(() -> missing(SqlState.INVALID_SCHEMA_NAME, "schema", name));
    }

    private AclObject relation(Relation r, boolean sequence) {
        if (r.kind() == 'i' || r.kind() == 'c') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + r.name() + "\" is " + (r.kind() == 'i' ? "an index" : "a composite type"));
        }
        if (sequence && r.kind() != 'S') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + r.name() + "\" is not a sequence");
        }
        return new AclObject(r.kind() == 'S' ? AclKind.SEQUENCE : AclKind.RELATION,
                context.catalog().row("pg_class", 2662, r.oid()).orElseThrow(), r.owner(), r.kind() == 'S' ? "sequence" : "table", r.name(), 0);
    }

    private void allIn(String schema, ObjectKind kind, List<AclObject> objects) {
        int namespace = schema(schema);
        switch (kind) {
            case TABLE, SEQUENCE -> context.catalog().allRows("pg_class").stream().filter(r -> r.number("relnamespace") == namespace
                    && (kind == ObjectKind.SEQUENCE ? r.letter("relkind") == 'S' : "rvmfp".indexOf(r.letter("relkind")) >= 0))
                    .forEach(r -> objects.add(relation(context.catalog().relation(r.number("oid")).orElseThrow(), false)));
            default -> context.catalog().allRows("pg_proc").stream().filter(r -> r.number("pronamespace") == namespace
                    && (kind == ObjectKind.ROUTINE || (r.letter("prokind") == 'p') == (kind == ObjectKind.PROCEDURE)))
                    .forEach(r -> objects.add(AclObject.of(AclKind.FUNCTION, r)));
        }
    }

    private AclObject language(String name) {
        CatalogRow row = context.catalog().row("pg_language", 2681, Slice.of(name))
                .orElseThrow(() -> missing(SqlState.UNDEFINED_OBJECT, "language", name));
        if (!row.flag("lanpltrusted")) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "language \"" + name + "\" is not trusted").detail(
                    "GRANT and REVOKE are not allowed on untrusted languages, because only superusers can use untrusted languages.");
        }
        return AclObject.of(AclKind.LANGUAGE, row);
    }

    private AclObject type(ObjectKind kind, ObjectRef ref) {
        int oid = switch (ref) {
            case ObjectRef.OfType t -> Names.type(t.type(), context.analysis()).type();
            case ObjectRef.Named n -> Names.type(org.gajah.parse.Parser.parseTypeName(Slice.of(quoted(n.name()))), context.analysis()).type();
            default -> throw new IllegalStateException(ref.toString());
        };
        CatalogRow row = context.catalog().row("pg_type", TYPE_INDEX, oid).orElseThrow();
        String name = row.text("typname");
        if (row.number("typelem") != 0 && row.number("typsubscript") == 6179) {
            throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "cannot set privileges of array types")
                    .hint("Set the privileges of the element type instead.");
        }
        if (kind == ObjectKind.DOMAIN && row.letter("typtype") != 'd') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a domain");
        }
        return new AclObject(AclKind.TYPE, row, row.number("typowner"), "type", RegNames.typeName(oid, -1, context.analysis()), 0);
    }

    private static String quoted(List<String> name) {
        return String.join(".", name.stream().map(n -> '"' + n.replace("\"", "\"\"") + '"').toList());
    }

    /** A setting's row in pg_parameter_acl, made if there is none; the row goes again when nothing is granted. */
    private AclObject parameter(String written) {
        String name = SettingDefinitions.find(written).map(d -> d.name()).orElse(written).toLowerCase(java.util.Locale.ROOT);
        if (SettingDefinitions.find(name).isEmpty() && !Settings.isCustom(name)) {
            throw new SqlError(SqlState.INVALID_NAME, "invalid parameter name \"" + written + "\"");
        }
        CatalogRow row = context.catalog().row("pg_parameter_acl", 6246, Slice.of(name)).orElseGet(() -> {
            context.writer().insert("pg_parameter_acl", new CatalogValues("pg_parameter_acl").set("oid", context.newOid())
                    .set("parname", name).set("paracl", AclKind.PARAMETER.initial(10).value()).row());
            context.changed();
            return context.catalog().row("pg_parameter_acl", 6246, Slice.of(name)).orElseThrow();
        });
        return AclObject.of(AclKind.PARAMETER, row);
    }
}
