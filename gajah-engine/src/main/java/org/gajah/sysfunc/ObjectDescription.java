package org.gajah.sysfunc;

import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.type.Oids;

/** What messages and pg_describe_object call objects: {@code table t}, {@code constraint c on table t}; qualified where the search path does not show them. */
public record ObjectDescription(CatalogView catalog, AnalyzeContext context) {
    private static final int CLASS = 1259;

    /** An object by its catalog, its oid and a column or 0; empty if it is not there or of a kind that nobody describes. */
    public Optional<String> of(int kind, int oid, int column) {
        return switch (kind) {
            case CLASS -> catalog.relation(oid).flatMap(r -> relation(r, column));
            case 1247 -> catalog.type(oid).map(t -> "type " + RegNames.typeName(oid, -1, context));
            case 1255 -> catalog.function(oid).map(f -> "function " + RegNames.signature(f, context));
            case 2617 -> catalog.operator(oid).map(o -> "operator " + RegNames.name(Oids.REGOPERATOR, oid, context));
            case 2606 -> catalog.row("pg_constraint", 2667, oid).map(r -> "constraint " + r.text("conname")
                    + (r.number("conrelid") == 0 ? "" : " on " + relation(r.number("conrelid"))));
            case 2604 -> catalog.row("pg_attrdef", 2657, oid).flatMap(r -> of(CLASS, r.number("adrelid"), r.number("adnum"))).map(c -> "default value for " + c);
            case 2618 -> catalog.row("pg_rewrite", 2692, oid).map(r -> "rule " + r.text("rulename") + " on " + relation(r.number("ev_class")));
            case 2620 -> catalog.row("pg_trigger", 2702, oid).map(r -> "trigger " + r.text("tgname") + " on " + relation(r.number("tgrelid")));
            case 3256 -> catalog.row("pg_policy", 3257, oid).map(r -> "policy " + r.text("polname") + " on " + relation(r.number("polrelid")));
            case 6243 -> catalog.row("pg_parameter_acl", 6247, oid).map(r -> "parameter " + r.text("parname"));
            case 1418 -> catalog.row("pg_user_mapping", 174, oid).map(r -> "user mapping for " + user(r.number("umuser")) + " on "
                    + of(1417, r.number("umserver"), 0).orElse("server"));
            case 826 -> catalog.row("pg_default_acl", 828, oid).map(this::defaults);
            case 2605 -> catalog.row("pg_cast", 2660, oid).map(r -> "cast from " + type(r, "castsource") + " to " + type(r, "casttarget"));
            case 2616 -> catalog.row("pg_opclass", 2687, oid).map(r -> "operator class " + qualified(r, "opcname", "opcnamespace") + method(r, "opcmethod"));
            case 2753 -> catalog.row("pg_opfamily", 2755, oid).map(this::family);
            case 2602 -> catalog.row("pg_amop", 2756, oid).map(r -> "operator " + r.number("amopstrategy") + " (" + type(r, "amoplefttype") + ", "
                    + type(r, "amoprighttype") + ") of " + familyOf(r, "amopfamily") + ": " + RegNames.name(Oids.REGOPERATOR, r.number("amopopr"), context));
            case 2603 -> catalog.row("pg_amproc", 2757, oid).map(r -> "function " + r.number("amprocnum") + " (" + type(r, "amproclefttype") + ", "
                    + type(r, "amprocrighttype") + ") of " + familyOf(r, "amprocfamily") + ": " + RegNames.name(Oids.REGPROCEDURE, r.number("amproc"), context));
            default -> NamedKind.of(kind).flatMap(k -> k.row(catalog, oid).map(r -> k.word() + " "
                    + (k.hasSchema() ? qualified(r, k.name(), k.schema()) : r.text(k.name()))));
        };
    }

    private Optional<String> relation(Relation r, int column) {
        String name = RelationKinds.word(r.kind()) + " " + RegNames.relation(r, context);
        return column == 0 ? Optional.of(name) : r.columns().stream().filter(c -> c.number() == column).findFirst().map(c -> "column " + c.name() + " of " + name);
    }

    private String relation(int oid) {
        return of(CLASS, oid, 0).orElse("relation " + Integer.toUnsignedString(oid));
    }

    private String type(CatalogRow row, String column) {
        return RegNames.typeName(row.number(column), -1, context);
    }

    /** A name with its schema if that is not searched. */
    private String qualified(CatalogRow row, String name, String schema) {
        return context.searchPath().contains(row.number(schema)) ? Identifiers.quote(row.text(name))
                : RegNames.qualified(row.number(schema), row.text(name), context);
    }

    private String method(CatalogRow row, String column) {
        return " for " + of(2601, row.number(column), 0).orElse("access method");
    }

    private String family(CatalogRow row) {
        return "operator family " + qualified(row, "opfname", "opfnamespace") + method(row, "opfmethod");
    }

    private String familyOf(CatalogRow row, String column) {
        return of(2753, row.number(column), 0).orElse("operator family");
    }

    private String user(int role) {
        return role == 0 ? "public" : catalog.role(role).map(RoleRow::name).orElse(Integer.toUnsignedString(role));
    }

    private String defaults(CatalogRow row) {
        String kind = switch (row.letter("defaclobjtype")) {
            case 'r' -> "relations";
            case 'S' -> "sequences";
            case 'f' -> "functions";
            case 'T' -> "types";
            case 'n' -> "schemas";
            default -> "large objects";
        };
        int schema = row.number("defaclnamespace");
        return "default privileges on new " + kind + " belonging to role " + user(row.number("defaclrole"))
                + (schema == 0 ? "" : " in schema " + catalog.schema(schema).map(SchemaRow::name).orElse("?"));
    }
}
