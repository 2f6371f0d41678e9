package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.Oids;

/**
 * The rules of the polymorphic pseudo-types: anyelement's family must agree exactly, anycompatible's family meets in a common
 * type (manual, section 36.2.5).
 */
public final class Polymorphism {
    private final Types types;

    Polymorphism(Types types) {
        this.types = types;
    }

    /** What the parameters turned out to be. */
    record Resolved(List<Integer> parameters, int result) {
    }

    /** What one look over the arguments finds; 0 is nothing. */
    private static final class Seen {
        int element;
        int array;
        int range;
        int multirange;
        boolean nonArray;
        boolean anEnum;
        boolean familyOne;
        boolean familyTwo;
        boolean compatibleNonArray;
        int compatibleRange;
        int compatibleMultirange;
        boolean compatibleRangeDeclared;
        final List<Integer> compatible = new ArrayList<>();
    }

    boolean consistent(List<Integer> actual, List<Integer> declared) {
        try {
            Seen seen = look(actual, declared);
            if (seen.array == Oids.ANYARRAY) {
                return !seen.nonArray && !seen.anEnum;
            }
            deriveElement(seen);
            checkElement(seen);
            if (seen.anEnum && seen.element == 0) {
                return false;
            }
            if (!seen.compatible.isEmpty()) {
                int common = commonOf(seen.compatible);
                return common != 0 && compatibleFits(seen, common);
            }
            return true;
        } catch (SqlError mismatch) {
            return false;
        }
    }

    private boolean compatibleFits(Seen seen, int common) {
        if (seen.compatibleNonArray && types.baseElement(common) != 0) {
            return false;
        }
        return seen.compatibleRange == 0 || types.rangeSubtype(seen.compatibleRange) == common;
    }

    private int commonOf(List<Integer> candidates) {
        return commonTypes.selectOrNone(candidates);
    }

    private CommonTypes commonTypes;

    /** Set once while the analysis is put together: choosing a common type needs coercion, which needs this. */
    void use(CommonTypes common) {
        commonTypes = common;
    }

    private Seen look(List<Integer> actual, List<Integer> declared) {
        Seen seen = new Seen();
        for (int i = 0; i < declared.size(); i++) {
            int type = actual.get(i);
            int wanted = declared.get(i);
            seen.familyOne |= Types.isPolymorphicFamilyOne(wanted);
            seen.familyTwo |= Types.isPolymorphicFamilyTwo(wanted);
            seen.nonArray |= wanted == Oids.ANYNONARRAY;
            seen.anEnum |= wanted == Oids.ANYENUM;
            seen.compatibleNonArray |= wanted == Oids.ANYCOMPATIBLENONARRAY;
            seen.compatibleRangeDeclared |= wanted == Oids.ANYCOMPATIBLERANGE || wanted == Oids.ANYCOMPATIBLEMULTIRANGE;
            if (type == Oids.UNKNOWN) {
                continue;
            }
            switch (wanted) {
                case Oids.ANYELEMENT, Oids.ANYNONARRAY, Oids.ANYENUM -> seen.element = alike("anyelement", seen.element, type);
                case Oids.ANYARRAY -> seen.array = alike("anyarray", seen.array, types.base(type));
                case Oids.ANYRANGE -> seen.range = alike("anyrange", seen.range, types.base(type));
                case Oids.ANYMULTIRANGE -> seen.multirange = alike("anymultirange", seen.multirange, types.base(type));
                default -> lookCompatible(seen, wanted, type);
            }
        }
        return seen;
    }

    private void lookCompatible(Seen seen, int wanted, int type) {
        int base = types.base(type);
        switch (wanted) {
            case Oids.ANYCOMPATIBLE, Oids.ANYCOMPATIBLENONARRAY -> seen.compatible.add(type);
            case Oids.ANYCOMPATIBLEARRAY -> {
                if (base != Oids.ANYARRAY) {
                    seen.compatible.add(elementOf(base, "anycompatiblearray"));
                }
            }
            case Oids.ANYCOMPATIBLERANGE -> {
                seen.compatibleRange = alike("anycompatiblerange", seen.compatibleRange, base);
                seen.compatible.add(subtypeOf(base, "anycompatiblerange"));
            }
            case Oids.ANYCOMPATIBLEMULTIRANGE -> {
                seen.compatibleMultirange = alike("anycompatiblemultirange", seen.compatibleMultirange, base);
                seen.compatible.add(subtypeOf(rangeOf(base, "anycompatiblemultirange"), "anycompatiblerange"));
            }
            default -> {
            }
        }
    }

    private int alike(String family, int before, int type) {
        if (before != 0 && before != type) {
            throw mismatch("arguments declared \"" + family + "\" are not all alike").detail(types.name(before) + " versus "
                    + types.name(type));
        }
        return type;
    }

    private static SqlError mismatch(String message) {
        return new SqlError(SqlState.DATATYPE_MISMATCH, message);
    }

    private int elementOf(int array, String declared) {
        int element = types.element(array);
        if (element == 0) {
            throw mismatch("argument declared " + declared + " is not an array but type " + types.name(array));
        }
        return element;
    }

    private int subtypeOf(int range, String declared) {
        int subtype = types.isRange(range) ? types.rangeSubtype(range) : 0;
        if (subtype == 0) {
            throw mismatch("argument declared " + declared + " is not a range type but type " + types.name(range));
        }
        return subtype;
    }

    private int rangeOf(int multirange, String declared) {
        int range = types.isMultirange(multirange) ? types.multirangeRange(multirange) : 0;
        if (range == 0) {
            throw mismatch("argument declared " + declared + " is not a multirange type but type " + types.name(multirange));
        }
        return range;
    }

    private void deriveElement(Seen seen) {
        if (seen.array != 0) {
            int element = elementOf(seen.array, "anyarray");
            seen.element = agree(seen.element, element, "anyarray", "anyelement");
        }
        if (seen.multirange != 0) {
            int range = rangeOf(seen.multirange, "anymultirange");
            seen.range = agree(seen.range, range, "anymultirange", "anyrange");
        }
        if (seen.range != 0) {
            int subtype = subtypeOf(seen.range, "anyrange");
            seen.element = agree(seen.element, subtype, "anyrange", "anyelement");
        }
    }

    private int agree(int before, int derived, String from, String with) {
        if (before != 0 && before != derived) {
            throw mismatch("argument declared " + from + " is not consistent with argument declared " + with)
                    .detail(types.name(derived) + " versus " + types.name(before));
        }
        return derived;
    }

    private void checkElement(Seen seen) {
        if (seen.nonArray && seen.element != 0 && seen.element != Oids.ANYELEMENT && types.baseElement(seen.element) != 0) {
            throw mismatch("type matched to anynonarray is an array type: " + types.name(seen.element));
        }
        if (seen.anEnum && seen.element != 0 && seen.element != Oids.ANYELEMENT && !types.isEnum(seen.element)) {
            throw mismatch("type matched to anyenum is not an enum type: " + types.name(seen.element));
        }
    }

    /** Whether the type stands for whatever type a call gives: anyelement and its like. */
    public static boolean isPolymorphic(int type) {
        return Types.isPolymorphic(type);
    }

    /** Replaces the polymorphic ones among the parameters and in the result by what the arguments are. */
    Resolved enforce(List<Integer> actual, List<Integer> declared, int result, boolean allowPolymorphic) {
        boolean any = declared.stream().anyMatch(Types::isPolymorphic);
        if (!any && !Types.isPolymorphic(result)) {
            return new Resolved(declared, result);
        }
        Seen seen = look(actual, declared);
        if (seen.familyOne) {
            enforceFamilyOne(seen, allowPolymorphic);
        }
        int common = seen.familyTwo ? enforceFamilyTwo(seen, allowPolymorphic) : 0;
        List<Integer> parameters = new ArrayList<>(declared);
        for (int i = 0; i < parameters.size(); i++) {
            int wanted = declared.get(i);
            if (Types.isPolymorphicFamilyTwo(wanted) || actual.get(i) == Oids.UNKNOWN && Types.isPolymorphic(wanted)) {
                parameters.set(i, replaced(wanted, seen, common));
            }
        }
        return new Resolved(parameters, Types.isPolymorphic(result) ? replaced(result, seen, common) : result);
    }

    private void enforceFamilyOne(Seen seen, boolean allowPolymorphic) {
        if (seen.array == Oids.ANYARRAY) {
            if (seen.element == 0) {
                seen.element = Oids.ANYELEMENT;
            }
            return;
        }
        deriveElement(seen);
        if (seen.element == 0) {
            if (!allowPolymorphic) {
                throw mismatch("could not determine polymorphic type because input has type unknown");
            }
            seen.element = Oids.ANYELEMENT;
            seen.array = Oids.ANYARRAY;
            seen.range = Oids.ANYRANGE;
            seen.multirange = Oids.ANYMULTIRANGE;
        }
        checkElement(seen);
    }

    private int enforceFamilyTwo(Seen seen, boolean allowPolymorphic) {
        if (seen.compatible.isEmpty()) {
            if (allowPolymorphic) {
                return Oids.ANYCOMPATIBLE;
            }
            if (seen.compatibleRangeDeclared) {
                throw mismatch("could not determine polymorphic type anycompatiblerange because input has type unknown");
            }
            return Oids.TEXT;
        }
        int common = commonOf(seen.compatible);
        if (common == 0) {
            throw mismatch("arguments of anycompatible family cannot be cast to a common type");
        }
        if (seen.compatibleNonArray && types.baseElement(common) != 0) {
            throw mismatch("type matched to anycompatiblenonarray is an array type: " + types.name(common));
        }
        return common;
    }

    private int replaced(int wanted, Seen seen, int common) {
        return switch (wanted) {
            case Oids.ANYELEMENT, Oids.ANYNONARRAY, Oids.ANYENUM -> seen.element;
            case Oids.ANYARRAY -> seen.array != 0 ? seen.array : arrayOf(seen.element);
            case Oids.ANYRANGE -> seen.range != 0 ? seen.range : rangeFor(seen.multirange, "anyrange");
            case Oids.ANYMULTIRANGE -> seen.multirange != 0 ? seen.multirange : multirangeFor(seen.range, "anymultirange");
            case Oids.ANYCOMPATIBLE, Oids.ANYCOMPATIBLENONARRAY -> common;
            case Oids.ANYCOMPATIBLEARRAY -> common == Oids.ANYCOMPATIBLE ? Oids.ANYCOMPATIBLEARRAY : arrayOf(common);
            case Oids.ANYCOMPATIBLERANGE -> seen.compatibleRange != 0 ? seen.compatibleRange
                    : rangeFor(seen.compatibleMultirange, "anycompatiblerange");
            case Oids.ANYCOMPATIBLEMULTIRANGE -> seen.compatibleMultirange != 0 ? seen.compatibleMultirange
                    : multirangeFor(seen.compatibleRange, "anycompatiblemultirange");
            default -> wanted;
        };
    }

    private int arrayOf(int element) {
        return Optional.of(types.arrayOf(element)).filter(t -> t != 0).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "could not find array type for data type " + types.name(element)));
    }

    private int rangeFor(int multirange, String wanted) {
        int range = multirange == 0 ? 0 : types.multirangeRange(multirange);
        if (range == 0) {
            throw mismatch("could not determine polymorphic type " + wanted + " because input has type unknown");
        }
        return range;
    }

    private int multirangeFor(int range, String wanted) {
        int multirange = range == 0 ? 0 : types.rangeMultirange(range);
        if (multirange == 0) {
            throw mismatch("could not determine polymorphic type " + wanted + " because input has type unknown");
        }
        return multirange;
    }
}
