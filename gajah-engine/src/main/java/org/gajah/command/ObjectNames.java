package org.gajah.command;

import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;
import org.gajah.sysfunc.RegNames;
import org.gajah.sysfunc.RelationKinds;

/** What messages call objects: {@code table t}, {@code constraint c on table t}. */
public final class ObjectNames {
    private static final int PARAMETER = 6243;

    private final CommandContext context;

    ObjectNames(CommandContext context) {
        this.context = context;
    }

    String describe(Ref ref) {
        CatalogView catalog = context.catalog();
        return switch (ref.catalog()) {
            case Dependencies.CLASS -> catalog.relation(ref.oid()).map(r -> relation(r, ref.column())).orElse("relation " + ref.oid());
            case Dependencies.TYPE -> "type " + RegNames.typeName(ref.oid(), -1, context.analysis());
            case Dependencies.NAMESPACE -> "schema " + catalog.schema(ref.oid()).map(s -> s.name()).orElse("?");
            case Dependencies.CONSTRAINT -> catalog.row("pg_constraint", 2667, ref.oid()).map(this::constraint).orElse("constraint");
            case Dependencies.ATTRDEF -> catalog.row("pg_attrdef", 2657, ref.oid()).map(this::columnDefault).orElse("default");
            case Dependencies.PROC -> catalog.function(ref.oid()).map(f -> "function " + RegNames.signature(f, context.analysis())).orElse("?");
            case Dependencies.REWRITE -> catalog.row("pg_rewrite", 2692, ref.oid()).map(r -> "rule " + r.text("rulename") + " on "
                    + describe(Ref.relation(r.number("ev_class")))).orElse("rule");
            case Dependencies.DATABASE -> catalog.row("pg_database", 2672, ref.oid()).map(r -> "database " + r.text("datname")).orElse("database");
            case Dependencies.TRIGGER -> catalog.row("pg_trigger", 2702, ref.oid()).map(r -> "trigger " + r.text("tgname") + " on "
                    + describe(Ref.relation(r.number("tgrelid")))).orElse("trigger");
            case Dependencies.EVENT_TRIGGER -> catalog.row("pg_event_trigger", 3468, ref.oid()).map(r -> "event trigger " + r.text("evtname")).orElse("event trigger");
            case Dependencies.POLICY -> catalog.row("pg_policy", 3257, ref.oid()).map(r -> "policy " + r.text("polname") + " on "
                    + describe(Ref.relation(r.number("polrelid")))).orElse("policy");
            case PARAMETER -> catalog.row("pg_parameter_acl", 6247, ref.oid()).map(r -> "parameter " + r.text("parname")).orElse("parameter");
            case Dependencies.LANGUAGE -> catalog.row("pg_language", 2682, ref.oid()).map(r -> "language " + r.text("lanname")).orElse("language");
            case Dependencies.WRAPPER -> catalog.row("pg_foreign_data_wrapper", 112, ref.oid()).map(r -> "foreign-data wrapper " + r.text("fdwname"))
                    .orElse("foreign-data wrapper");
            case Dependencies.SERVER -> catalog.row("pg_foreign_server", 113, ref.oid()).map(r -> "server " + r.text("srvname")).orElse("server");
            case Dependencies.USER_MAPPING -> catalog.row("pg_user_mapping", 174, ref.oid()).map(this::userMapping).orElse("user mapping");
            case Dependencies.EXTENSION -> catalog.row("pg_extension", 3080, ref.oid()).map(r -> "extension " + r.text("extname")).orElse("extension");
            default -> "object " + Integer.toUnsignedString(ref.oid());
        };
    }

    private String relation(Relation r, int column) {
        String name = kind(r.kind()) + " " + RegNames.relation(r, context.analysis());
        return column == 0 ? name : "column " + r.column(column).name() + " of " + name;
    }

    /** What relations of a kind are called together. */
    public static String kinds(char kind) {
        return switch (kind) {
            case 'v' -> "views";
            case 'm' -> "materialized views";
            case 'i' -> "indexes";
            case 'S' -> "sequences";
            case 'c' -> "composite types";
            case 'f' -> "foreign tables";
            case 'p' -> "partitioned tables";
            case 'I' -> "partitioned indexes";
            case 't' -> "TOAST tables";
            default -> "tables";
        };
    }

    static String kind(char kind) {
        return RelationKinds.word(kind);
    }

    private String constraint(CatalogRow r) {
        if (r.number("conrelid") == 0) {
            return "constraint " + r.text("conname");
        }
        return "constraint " + r.text("conname") + " on " + describe(Ref.relation(r.number("conrelid")));
    }

    private String userMapping(CatalogRow r) {
        return "user mapping for " + new ForeignObjects(context).userName(r.number("umuser")) + " on "
                + describe(new Ref(Dependencies.SERVER, r.number("umserver"), 0));
    }

    private String columnDefault(CatalogRow r) {
        return "default value for " + describe(Ref.column(r.number("adrelid"), r.number("adnum")));
    }
}
