package org.gajah.analyze;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Oids;

/** Finds the one type for values that stand side by side: UNION, CASE, COALESCE, ARRAY, VALUES, GREATEST, IN. */
final class CommonTypes {
    private final Types types;
    private final Coercer coercer;

    CommonTypes(Types types, Coercer coercer) {
        this.types = types;
        this.coercer = coercer;
    }

    /** The common type, or an error that names {@code construct}. */
    int select(List<Expr> values, String construct) {
        return select(values.stream().map(Expr::type).toList(), values, construct);
    }

    /** The common type, or 0 if there is none. */
    int selectOrNone(List<Integer> candidates) {
        return select(candidates, List.of(), "");
    }

    private int select(List<Integer> candidates, List<Expr> values, String construct) {
        int first = candidates.getFirst();
        if (first != Oids.UNKNOWN && candidates.stream().allMatch(t -> t == first)) {
            return first;
        }
        int chosen = types.base(first);
        for (int i = 1; i < candidates.size(); i++) {
            int next = types.base(candidates.get(i));
            if (next == Oids.UNKNOWN || next == chosen) {
                continue;
            }
            if (chosen == Oids.UNKNOWN) {
                chosen = next;
            } else if (types.category(next) != types.category(chosen)) {
                if (values.isEmpty()) {
                    return 0;
                }
                throw new SqlError(SqlState.DATATYPE_MISMATCH, construct + " types " + types.name(chosen) + " and "
                        + types.name(next) + " cannot be matched").at(Locations.of(values.get(i)));
            } else if (!types.preferred(chosen) && coercer.canCoerce(chosen, next, CoercionContext.IMPLICIT)
                    && !coercer.canCoerce(next, chosen, CoercionContext.IMPLICIT)) {
                chosen = next;
            }
        }
        return chosen == Oids.UNKNOWN ? Oids.TEXT : chosen;
    }

    /** The modifier they all share, or -1. */
    static int typmod(List<Expr> values, int commonType) {
        int typmod = values.isEmpty() ? -1 : values.getFirst().typmod();
        for (Expr value : values) {
            if (value.type() != commonType || value.typmod() != typmod) {
                return -1;
            }
        }
        return typmod;
    }

    /** Whether every value can be had as {@code type} implicitly. */
    boolean fits(int type, List<Expr> values) {
        return values.stream().allMatch(v -> v.type() == type || coercer.canCoerce(v.type(), type, CoercionContext.IMPLICIT));
    }

    Expr coerce(Expr value, int type, String construct) {
        if (value.type() == type) {
            return value;
        }
        if (!coercer.canCoerce(value.type(), type, CoercionContext.IMPLICIT)) {
            throw new SqlError(SqlState.CANNOT_COERCE, construct + " could not convert type " + types.name(value.type())
                    + " to " + types.name(type)).at(Locations.of(value));
        }
        return coercer.coerceImplicitly(value, type);
    }

    List<Expr> coerceAll(List<Expr> values, int type, String construct) {
        return values.stream().map(v -> coerce(v, type, construct)).toList();
    }
}
