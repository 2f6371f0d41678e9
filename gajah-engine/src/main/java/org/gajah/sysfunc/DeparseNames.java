package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;

/** The names of relations, functions, operators, types and collations as a text has to call them under the search path. */
final class DeparseNames {
    private final AnalyzeContext context;

    DeparseNames(AnalyzeContext context) {
        this.context = context;
    }

    private String schema(int namespace) {
        return Identifiers.quote(context.catalog().schema(namespace).map(SchemaRow::name).orElse("pg_temp"));
    }

    /** A relation; qualified also where a common table of the queries around would be found instead. */
    String relation(int oid, DeparseScope scope) {
        Relation relation = context.catalog().relation(oid).orElseThrow(
                () -> new IllegalStateException("cache lookup failed for relation " + Integer.toUnsignedString(oid)));
        boolean hidden = false;
        for (var at = Optional.of(scope); at.isPresent(); at = at.get().parent) {
            hidden |= at.get().query.ctes().stream().anyMatch(c -> c.name().equals(relation.name()));
        }
        return hidden ? RegNames.qualified(relation.namespace(), relation.name(), context)
                : RegNames.relation(relation, context);
    }

    /** A relation outside any query. */
    String relation(int oid) {
        return context.catalog().relation(oid).map(r -> RegNames.relation(r, context))
                .orElseGet(() -> Integer.toUnsignedString(oid));
    }

    String qualifiedRelation(int oid) {
        return context.catalog().relation(oid).map(r -> RegNames.qualified(r.namespace(), r.name(), context))
                .orElseGet(() -> Integer.toUnsignedString(oid));
    }

    String type(int oid, int typmod) {
        return RegNames.typeName(oid, typmod, context);
    }

    /** A function, qualified unless the search path finds it by its name and argument types. */
    String function(int oid) {
        ProcRow function = context.catalog().function(oid).orElseThrow(
                () -> new IllegalStateException("cache lookup failed for function " + Integer.toUnsignedString(oid)));
        for (int namespace : context.searchPath()) {
            for (ProcRow other : context.catalog().functions(function.name())) {
                if (other.namespace() == namespace && other.argTypes().equals(function.argTypes())) {
                    return other.oid() == oid ? Identifiers.quote(function.name())
                            : schema(function.namespace()) + "." + Identifiers.quote(function.name());
                }
            }
        }
        return schema(function.namespace()) + "." + Identifiers.quote(function.name());
    }

    /** An operator, as OPERATOR(schema.name) unless the search path finds it. */
    String operator(int oid) {
        OperatorRow operator = context.catalog().operator(oid).orElseThrow(
                () -> new IllegalStateException("cache lookup failed for operator " + Integer.toUnsignedString(oid)));
        for (int namespace : context.searchPath()) {
            for (OperatorRow other : context.catalog().operators(operator.name())) {
                if (other.namespace() == namespace && other.left() == operator.left()
                        && other.right() == operator.right()) {
                    return other.oid() == oid ? operator.name() : qualified(operator);
                }
            }
        }
        return qualified(operator);
    }

    private String qualified(OperatorRow operator) {
        return "OPERATOR(" + schema(operator.namespace()) + "." + operator.name() + ")";
    }

    /** A collation, qualified unless the search path finds it. */
    String collation(int oid) {
        var row = context.catalog().collation(oid).orElseThrow(
                () -> new IllegalStateException("cache lookup failed for collation " + Integer.toUnsignedString(oid)));
        for (int namespace : context.searchPath()) {
            var found = context.catalog().collation(row.name(), namespace);
            if (found.isPresent()) {
                return found.get().oid() == oid ? Identifiers.quote(row.name())
                        : schema(row.namespace()) + "." + Identifiers.quote(row.name());
            }
        }
        return schema(row.namespace()) + "." + Identifiers.quote(row.name());
    }

    /** An operator class, qualified unless the search path finds it. */
    String operatorClass(int oid) {
        var row = context.catalog().operatorClass(oid).orElseThrow(
                () -> new IllegalStateException("cache lookup failed for opclass " + Integer.toUnsignedString(oid)));
        for (int namespace : context.searchPath()) {
            var found = context.catalog().operatorClass(row.method(), row.name(), namespace);
            if (found.isPresent()) {
                return found.get().oid() == oid ? Identifiers.quote(row.name())
                        : schema(row.namespace()) + "." + Identifiers.quote(row.name());
            }
        }
        return schema(row.namespace()) + "." + Identifiers.quote(row.name());
    }

    /** Names, quoted where needed, with commas between. */
    static String list(List<String> names) {
        return String.join(", ", names.stream().map(Identifiers::quote).toList());
    }
}
