package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Oids;

/**
 * The types of {@code $1, $2, ...}: given, or found out from where the parameters stand. Type 705 is "not known yet".
 *
 * <p>One analysis owns one of these; it is not shared.
 */
public final class ParameterTypes {
    /** The protocol counts parameters in 16 bits. */
    public static final int MAX_PARAMETERS = 65535;

    private final ArrayList<Integer> types;
    private final boolean open;

    private ParameterTypes(List<Integer> types, boolean open) {
        this.types = new ArrayList<>(types);
        this.open = open;
    }

    /** No parameters at all: a statement that came as plain text. */
    public static ParameterTypes none() {
        return new ParameterTypes(List.of(), false);
    }

    /** Exactly these. */
    public static ParameterTypes fixed(List<Integer> types) {
        return new ParameterTypes(types, false);
    }

    /** These where not 0 or 705; the rest, and any further ones, are to be inferred. */
    public static ParameterTypes inferred(List<Integer> known) {
        return new ParameterTypes(known.stream().map(t -> t == 0 ? Oids.UNKNOWN : t).toList(), true);
    }

    /** The types found, one for each parameter up to the highest mentioned. */
    public List<Integer> types() {
        return List.copyOf(types);
    }

    /** Whether unknown ones may still be resolved. */
    boolean isOpen() {
        return open;
    }

    /** The type of {@code $number} so far. */
    int typeOf(int number, int location) {
        if (number <= 0 || number > MAX_PARAMETERS || (!open && number > types.size())
                || (!open && types.get(number - 1) == 0)) {
            throw new SqlError(SqlState.UNDEFINED_PARAMETER, "there is no parameter $" + number).at(location);
        }
        while (types.size() < number) {
            types.add(Oids.UNKNOWN);
        }
        return types.get(number - 1);
    }

    /** Settles on a type for a parameter met as unknown. */
    void resolve(int number, int type, Types names, int location) {
        int before = types.get(number - 1);
        if (before == Oids.UNKNOWN) {
            types.set(number - 1, type);
        } else if (before != type) {
            throw new SqlError(SqlState.AMBIGUOUS_PARAMETER, "inconsistent types deduced for parameter $" + number)
                    .detail(names.name(before) + " versus " + names.name(type)).at(location);
        }
    }

    /** The first parameter that has no type, or 0. */
    int unresolved() {
        return types.indexOf(Oids.UNKNOWN) + 1;
    }
}
