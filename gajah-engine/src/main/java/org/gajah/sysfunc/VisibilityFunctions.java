package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.ParameterTypes;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;

/** Whether names are found without their schema, and names of types and roles. PostgreSQL manual, tables 9.76 and 9.78. */
public final class VisibilityFunctions {
    private VisibilityFunctions() {
    }

    static AnalyzeContext analysis(SystemContext context) {
        return new AnalyzeContext(context.catalog(), context.searchPath(false), 0, context.databaseName(), ParameterTypes.none(), context.types());
    }

    public static Boolean pg_table_is_visible(SystemContext context, int oid) {
        CatalogView catalog = context.catalog();
        return catalog.relation(oid).map(r -> {
            for (int namespace : context.searchPath(true)) {
                Optional<Relation> found = catalog.relation(r.name(), namespace);
                if (found.isPresent()) {
                    return found.get().oid() == oid;
                }
            }
            return false;
        }).orElse(null);
    }

    public static Boolean pg_type_is_visible(SystemContext context, int oid) {
        CatalogView catalog = context.catalog();
        return catalog.type(oid).map(t -> {
            for (int namespace : context.searchPath(true)) {
                Optional<TypeRow> found = catalog.type(t.name(), namespace);
                if (found.isPresent()) {
                    return found.get().oid() == oid;
                }
            }
            return false;
        }).orElse(null);
    }

    public static Boolean pg_function_is_visible(SystemContext context, int oid) {
        CatalogView catalog = context.catalog();
        return catalog.function(oid).map(f -> {
            for (int namespace : context.searchPath(true)) {
                List<ProcRow> found = catalog.functions(f.name()).stream()
                        .filter(o -> o.namespace() == namespace && o.argTypes().equals(f.argTypes())).toList();
                if (!found.isEmpty()) {
                    return found.getFirst().oid() == oid;
                }
            }
            return false;
        }).orElse(null);
    }

    public static Boolean pg_operator_is_visible(SystemContext context, int oid) {
        return context.catalog().operator(oid).map(o -> context.searchPath(true).contains(o.namespace())).orElse(null);
    }

    public static Boolean pg_collation_is_visible(SystemContext context, int oid) {
        return context.catalog().collation(oid).map(c -> context.searchPath(true).contains(c.namespace())).orElse(null);
    }

    public static Boolean pg_opfamily_is_visible(SystemContext context, int oid) {
        CatalogView catalog = context.catalog();
        return catalog.row("pg_opfamily", 2755, oid).map(r -> first(context, n -> catalog.row("pg_opfamily", 2754, r.get("opfmethod"), r.get("opfname"), n), oid))
                .orElse(null);
    }

    public static Boolean pg_conversion_is_visible(SystemContext context, int oid) {
        return isVisible(context, "conversion", oid);
    }

    public static Boolean pg_ts_config_is_visible(SystemContext context, int oid) {
        return isVisible(context, "text search configuration", oid);
    }

    public static Boolean pg_ts_dict_is_visible(SystemContext context, int oid) {
        return isVisible(context, "text search dictionary", oid);
    }

    public static Boolean pg_ts_parser_is_visible(SystemContext context, int oid) {
        return isVisible(context, "text search parser", oid);
    }

    public static Boolean pg_ts_template_is_visible(SystemContext context, int oid) {
        return isVisible(context, "text search template", oid);
    }

    private static Boolean isVisible(SystemContext context, String word, int oid) {
        NamedKind kind = NamedKind.of(word).orElseThrow();
        return kind.row(context.catalog(), oid).map(r -> first(context, n -> kind.row(context.catalog(), r.text(kind.name()), n), oid)).orElse(null);
    }

    /** Whether the search path finds this object before any other of its name. */
    private static boolean first(SystemContext context, IntFunction<Optional<CatalogRow>> inSchema, int oid) {
        for (int namespace : context.searchPath(true)) {
            Optional<CatalogRow> found = inSchema.apply(namespace);
            if (found.isPresent()) {
                return found.get().number("oid") == oid;
            }
        }
        return false;
    }

    public static Boolean pg_opclass_is_visible(SystemContext context, int oid) {
        return context.catalog().operatorClass(oid).map(c -> context.searchPath(true).contains(c.namespace())).orElse(null);
    }

    /** format_type, which is not strict: no type gives null, no modifier the type's plain name. */
    public static Slice format_type(SystemContext context, Integer type, Integer typmod) {
        if (type == null) {
            return null;
        }
        return Slice.of(type == 0 ? "-" : RegNames.typeName(type, typmod == null ? -1 : typmod, analysis(context)));
    }

    public static Slice pg_get_userbyid(SystemContext context, int role) {
        return Slice.of(context.catalog().role(role).map(r -> r.name()).orElse("unknown (OID=" + Integer.toUnsignedString(role) + ")"));
    }

    public static Slice obj_description(SystemContext context, int object, Slice catalogName) {
        int catalog = context.catalog().relation(catalogName.toString(), AnalyzeContext.PG_CATALOG).map(Relation::oid).orElse(0);
        return description(context, object, catalog, 0);
    }

    public static Slice col_description(SystemContext context, int table, int column) {
        return description(context, table, 1259, column);
    }

    public static Slice shobj_description(SystemContext context, int object, Slice catalogName) {
        int catalog = context.catalog().relation(catalogName.toString(), AnalyzeContext.PG_CATALOG).map(Relation::oid).orElse(0);
        return context.catalog().row("pg_shdescription", 2397, object, catalog).map(r -> Slice.of(r.text("description"))).orElse(null);
    }

    private static Slice description(SystemContext context, int object, int catalog, int column) {
        Optional<CatalogRow> row = context.catalog().row("pg_description", 2675, object, catalog, column);
        return row.map(r -> Slice.of(r.text("description"))).orElse(null);
    }
}
