package org.gajah.analyze;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.type.Oids;

/** The operators by which a type's values are sorted, grouped and told apart: those of its default operator classes. */
public final class SortOperators {
    private static final int BTREE = 403;
    private static final int HASH = 405;
    private static final List<Integer> POLYMORPHIC_OR_SHARED = List.of(Oids.ANYARRAY, Oids.ANYENUM, Oids.ANYRANGE, Oids.ANYMULTIRANGE,
            Oids.RECORD, Oids.TEXT, Oids.OID, Oids.INET, Oids.BPCHAR, Oids.VARBIT);

    private final Catalog catalog;
    private final Types types;
    private final Pathways pathways;
    private final Map<Integer, Set> known = new HashMap<>();

    /** Operators of one type; 0 where there is none. {@code inputType} is what the operators take. */
    public record Set(int less, int equal, int greater, boolean hashable, int family, int inputType) {
    }

    SortOperators(Catalog catalog, Types types, Pathways pathways) {
        this.catalog = catalog;
        this.types = types;
        this.pathways = pathways;
    }

    /** For the planner and the commands: the same answers outside an analysis. */
    public static SortOperators of(AnalyzeContext context) {
        Types types = new Types(context.catalog(), context.types());
        return new SortOperators(context.catalog(), types, new Pathways(context.catalog(), types));
    }

    /** The default operator class of a type for an access method. */
    public Optional<OperatorClassRow> defaultClass(int type, int method) {
        int base = types.base(type);
        Optional<OperatorClassRow> exact = defaultOf(method, base);
        if (exact.isPresent()) {
            return exact;
        }
        for (int candidate : POLYMORPHIC_OR_SHARED) {
            if (pathways.binaryCoercible(base, candidate)) {
                Optional<OperatorClassRow> found = defaultOf(method, candidate);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<OperatorClassRow> defaultOf(int method, int type) {
        return catalog.operatorClasses(method, type).stream().filter(OperatorClassRow::isDefault).findFirst();
    }

    /** What there is for a type. */
    public Set of(int type) {
        Set found = known.get(type);
        if (found == null) {
            found = find(type);
            known.put(type, found);
        }
        return found;
    }

    private Set find(int type) {
        Optional<OperatorClassRow> btree = defaultClass(type, BTREE);
        Optional<OperatorClassRow> hash = defaultClass(type, HASH);
        int less = btree.map(c -> operator(c, 1)).orElse(0);
        int greater = btree.map(c -> operator(c, 5)).orElse(0);
        int equal = btree.map(c -> operator(c, 3)).orElseGet(() -> hash.map(c -> operator(c, 1)).orElse(0));
        boolean hashable = equal != 0 && hash.map(c -> operator(c, 1)).orElse(0) == equal;
        int element = types.baseElement(type);
        if (element != 0 && element != Oids.ANYELEMENT) {
            Set elements = of(element);
            less = elements.less() == 0 && onArrays(btree) ? 0 : less;
            greater = elements.greater() == 0 && onArrays(btree) ? 0 : greater;
            equal = elements.equal() == 0 && onArrays(btree) ? 0 : equal;
            hashable &= elements.hashable();
        }
        return new Set(less, equal, greater, hashable, btree.or(() -> hash).map(OperatorClassRow::family).orElse(0),
                btree.or(() -> hash).map(OperatorClassRow::inputType).orElse(0));
    }

    private static boolean onArrays(Optional<OperatorClassRow> btree) {
        return btree.map(c -> c.inputType() == Oids.ANYARRAY).orElse(true);
    }

    private int operator(OperatorClassRow c, int strategy) {
        return catalog.familyOperator(c.family(), c.inputType(), c.inputType(), strategy);
    }

    /** As {@link #of}, or PostgreSQL's error where an ordering is needed and there is none. */
    public Set ordering(int type, int location) {
        Set found = of(type);
        if (found.less() == 0 || found.greater() == 0) {
            throw new SqlError(SqlState.UNDEFINED_FUNCTION, "could not identify an ordering operator for type " + types.name(type))
                    .hint("Use an explicit ordering operator or modify the query.").at(location);
        }
        return found;
    }

    /** As {@link #of}, or PostgreSQL's error where equality is needed and there is none. */
    public Set equality(int type, int location) {
        Set found = of(type);
        if (found.equal() == 0) {
            throw new SqlError(SqlState.UNDEFINED_FUNCTION, "could not identify an equality operator for type " + types.name(type))
                    .at(location);
        }
        return found;
    }
}
