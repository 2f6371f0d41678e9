package org.gajah.sysfunc;

import java.util.Optional;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Names;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.PartitionBound;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;

/** Definitions of objects as SQL. PostgreSQL manual, table 9.78. What is not there gives null. */
public final class DefinitionFunctions {
    private DefinitionFunctions() {
    }

    private static AnalyzeContext analysis(SystemContext context) {
        return VisibilityFunctions.analysis(context);
    }

    private static Slice text(Optional<String> text) {
        return text.map(Slice::of).orElse(null);
    }

    // ---- views

    public static Slice pg_get_viewdef(SystemContext context, int view) {
        return view(context, view, false, 0);
    }

    public static Slice pg_get_viewdef_ext(SystemContext context, int view, boolean pretty) {
        return view(context, view, pretty, 0);
    }

    public static Slice pg_get_viewdef_wrap(SystemContext context, int view, int wrapColumn) {
        return view(context, view, true, wrapColumn);
    }

    public static Slice pg_get_viewdef_name(SystemContext context, Slice name) {
        return view(context, named(context, name), false, 0);
    }

    public static Slice pg_get_viewdef_name_ext(SystemContext context, Slice name, boolean pretty) {
        return view(context, named(context, name), pretty, 0);
    }

    private static int named(SystemContext context, Slice name) {
        return Names.relation(Identifiers.split(name.toString()), analysis(context)).oid();
    }

    private static Slice view(SystemContext context, int oid, boolean pretty, int wrapColumn) {
        CatalogView catalog = context.catalog();
        Optional<Relation> view = catalog.relation(oid);
        Optional<String> query = view.flatMap(v -> catalog.viewQuery(oid));
        return text(query.map(q -> new StoredText(analysis(context)).view(q, view.orElseThrow(), pretty, wrapColumn)));
    }

    // ---- expressions

    public static Slice pg_get_expr(SystemContext context, Slice expression, int relation) {
        return expression(context, expression, relation, false);
    }

    public static Slice pg_get_expr_ext(SystemContext context, Slice expression, int relation, boolean pretty) {
        return expression(context, expression, relation, pretty);
    }

    private static Slice expression(SystemContext context, Slice expression, int oid, boolean pretty) {
        Optional<Relation> relation = context.catalog().relation(oid);
        if (oid != 0 && relation.isEmpty()) {
            return null;
        }
        if (expression.toString().startsWith(PartitionBound.MARK)) {
            return Slice.of(PartitionText.bound(PartitionBound.read(expression.toString(), context.catalog()::codec), context.catalog(), context.types()));
        }
        return Slice.of(new StoredText(analysis(context)).expression(expression.toString(), relation, pretty, true));
    }

    // ---- indexes and constraints

    public static Slice pg_get_indexdef(SystemContext context, int index) {
        return text(index(context, index, false).map(d -> d.create(true)));
    }

    public static Slice pg_get_indexdef_ext(SystemContext context, int index, int column, boolean pretty) {
        return text(index(context, index, pretty).map(d -> column == 0 ? d.create(!pretty) : d.column(column - 1)));
    }

    private static Optional<IndexDefinition> index(SystemContext context, int oid, boolean pretty) {
        CatalogView catalog = context.catalog();
        return catalog.row("pg_index", 2679, oid).flatMap(r -> catalog.relation(r.number("indrelid")))
                .flatMap(table -> table.indexes().stream().filter(i -> i.oid() == oid).findFirst()
                        .map(i -> new IndexDefinition(catalog, analysis(context), table, i, pretty)));
    }

    public static Slice pg_get_constraintdef(SystemContext context, int constraint) {
        return constraint(context, constraint, false);
    }

    public static Slice pg_get_constraintdef_ext(SystemContext context, int constraint, boolean pretty) {
        return constraint(context, constraint, pretty);
    }

    private static Slice constraint(SystemContext context, int oid, boolean pretty) {
        return text(context.catalog().row("pg_constraint", 2667, oid)
                .map(r -> new ConstraintDefinition(context.catalog(), analysis(context), pretty).show(r)));
    }

    // ---- triggers

    public static Slice pg_get_triggerdef(SystemContext context, int trigger) {
        return trigger(context, trigger, false);
    }

    public static Slice pg_get_triggerdef_ext(SystemContext context, int trigger, boolean pretty) {
        return trigger(context, trigger, pretty);
    }

    private static Slice trigger(SystemContext context, int oid, boolean pretty) {
        return text(context.catalog().row("pg_trigger", 2702, oid).map(Trigger::of).flatMap(t -> context.catalog().relation(t.relation())
                .map(table -> new TriggerDefinition(analysis(context), table, t, pretty).create())));
    }

    // ---- functions

    private static Optional<FunctionDefinition> function(SystemContext context, int oid) {
        return context.catalog().function(oid)
                .map(f -> new FunctionDefinition(context.catalog(), analysis(context), f));
    }

    public static Slice pg_get_functiondef(SystemContext context, int function) {
        return text(function(context, function).map(FunctionDefinition::create));
    }

    public static Slice pg_get_function_arguments(SystemContext context, int function) {
        return text(function(context, function).map(f -> f.parameters(true)));
    }

    public static Slice pg_get_function_identity_arguments(SystemContext context, int function) {
        return text(function(context, function).map(f -> f.parameters(false)));
    }

    public static Slice pg_get_function_result(SystemContext context, int function) {
        return text(function(context, function).flatMap(FunctionDefinition::result));
    }

    public static Slice pg_get_function_sqlbody(SystemContext context, int function) {
        return text(function(context, function).flatMap(FunctionDefinition::sqlBody));
    }

    public static Slice pg_get_function_arg_default(SystemContext context, int function, int argument) {
        return text(function(context, function).flatMap(f -> f.argumentDefault(argument)));
    }
}
