package org.gajah.analyze;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

import org.gajah.catalog.Catalog;
import org.gajah.catalog.PolicyRights;
import org.gajah.catalog.Relation;
import org.gajah.type.TypeContext;

/**
 * What analysis knows of the session.
 *
 * @param searchPath         the effective search path's namespaces in order; pg_catalog is put first where it is not listed
 * @param temporaryNamespace the session's own pg_temp, or 0 while it has none
 * @param database           the current database's name, for {@code db.schema.table} references
 * @param usable             whether the current role may look into a schema that is named
 * @param variables          names of the code around the query
 * @param stores             rows that the code around the query has given names, by the table whose rows they are: transition tables
 * @param policies           whom the policies of tables hold for; empty if for nobody
 */
public record AnalyzeContext(Catalog catalog, List<Integer> searchPath, int temporaryNamespace, String database,
        ParameterTypes parameters, TypeContext types, IntPredicate usable, Variables variables,
        Function<String, Optional<Relation>> stores, Optional<PolicyRights> policies) {
    /** pg_catalog's oid. */
    public static final int PG_CATALOG = 11;

    public AnalyzeContext {
        searchPath = withCatalog(searchPath, temporaryNamespace);
    }

    /** Of somebody who may look into every schema. */
    public AnalyzeContext(Catalog catalog, List<Integer> searchPath, int temporaryNamespace, String database, ParameterTypes parameters,
            TypeContext types) {
        this(catalog, searchPath, temporaryNamespace, database, parameters, types, schema -> true, Variables.NONE, name -> Optional.empty(), Optional.empty());
    }

    /** The same session with other parameter types. */
    public AnalyzeContext with(ParameterTypes other) {
        return new AnalyzeContext(catalog, searchPath, temporaryNamespace, database, other, types, usable, variables, stores, policies);
    }

    /** The same session with another search path: how text of the system is read whatever the user has set. */
    public AnalyzeContext with(List<Integer> path) {
        return new AnalyzeContext(catalog, path, temporaryNamespace, database, parameters, types, usable, variables, stores, policies);
    }

    /** The same session with these names around the query. */
    public AnalyzeContext with(Variables names) {
        return new AnalyzeContext(catalog, searchPath, temporaryNamespace, database, parameters, types, usable, names, stores, policies);
    }

    private static List<Integer> withCatalog(List<Integer> path, int temporary) {
        java.util.ArrayList<Integer> effective = new java.util.ArrayList<>(path);
        if (!effective.contains(PG_CATALOG)) {
            effective.addFirst(PG_CATALOG);
        }
        if (temporary != 0 && !effective.contains(temporary)) {
            effective.addFirst(temporary);
        }
        return List.copyOf(effective);
    }
}
