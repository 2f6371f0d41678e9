package org.gajah.analyze;

import java.util.Optional;

import org.gajah.catalog.CastRow;
import org.gajah.catalog.Catalog;
import org.gajah.type.Oids;

/** Finds by which means a value of one type becomes one of another. */
final class Pathways {
    private final Catalog catalog;
    private final Types types;

    /** Means of conversion. */
    enum Kind { NONE, FUNCTION, RELABEL, ARRAY, VIA_IO }

    /** A means, with the cast function for FUNCTION. */
    record Pathway(Kind kind, int function) {
        static final Pathway NONE = new Pathway(Kind.NONE, 0);
        static final Pathway RELABEL = new Pathway(Kind.RELABEL, 0);
        static final Pathway VIA_IO = new Pathway(Kind.VIA_IO, 0);
        static final Pathway ARRAY = new Pathway(Kind.ARRAY, 0);

        boolean exists() {
            return kind != Kind.NONE;
        }
    }

    Pathways(Catalog catalog, Types types) {
        this.catalog = catalog;
        this.types = types;
    }

    Pathway find(int targetType, int sourceType, CoercionContext context) {
        int source = types.base(sourceType);
        int target = types.base(targetType);
        if (source == target) {
            return Pathway.RELABEL;
        }
        Optional<CastRow> cast = catalog.cast(source, target);
        Pathway none = context == CoercionContext.PLPGSQL ? Pathway.VIA_IO : Pathway.NONE;
        if (cast.isPresent()) {
            return context.allows(cast.get().context()) ? of(cast.get()) : none;
        }
        Pathway found = Pathway.NONE;
        if (target != Oids.OIDVECTOR && target != Oids.INT2VECTOR) {
            found = arrays(target, source, context);
        }
        if (!found.exists() && (context != CoercionContext.IMPLICIT && types.category(target) == 'S'
                || context == CoercionContext.EXPLICIT && types.category(source) == 'S')) {
            found = Pathway.VIA_IO;
        }
        return found.exists() ? found : none;
    }

    private static Pathway of(CastRow cast) {
        return switch (cast.method()) {
            case 'f' -> new Pathway(Kind.FUNCTION, cast.function());
            case 'i' -> Pathway.VIA_IO;
            default -> Pathway.RELABEL;
        };
    }

    private Pathway arrays(int target, int source, CoercionContext context) {
        int targetElement = types.element(target);
        int sourceElement = types.element(source);
        if (targetElement == 0 || sourceElement == 0) {
            return Pathway.NONE;
        }
        Pathway element = find(targetElement, sourceElement, context);
        return switch (element.kind()) {
            case NONE -> Pathway.NONE;
            case VIA_IO -> Pathway.VIA_IO;
            case FUNCTION, RELABEL, ARRAY -> Pathway.ARRAY;
        };
    }

    /** The function that fits a value of a type to a length or precision. */
    Pathway forTypmod(int type) {
        Pathway found = function(catalog.cast(type, type));
        if (!found.exists()) {
            int element = types.element(type);
            if (element != 0 && function(catalog.cast(element, element)).exists()) {
                return Pathway.ARRAY;
            }
        }
        return found;
    }

    private static Pathway function(Optional<CastRow> cast) {
        return cast.filter(c -> c.method() == 'f').map(c -> new Pathway(Kind.FUNCTION, c.function())).orElse(Pathway.NONE);
    }

    /** Whether a value of one type may stand for the other as it is. */
    boolean binaryCoercible(int source, int target) {
        if (source == target) {
            return true;
        }
        if (target == Oids.ANY || target == Oids.ANYELEMENT || target == Oids.ANYCOMPATIBLE) {
            return true;
        }
        int base = types.base(source);
        if (base == target) {
            return true;
        }
        if (pseudoCoercible(base, target)) {
            return true;
        }
        if (target == Oids.RECORD && types.isComplex(base) || target == Oids.RECORD_ARRAY && types.isComplexArray(base)) {
            return true;
        }
        return catalog.cast(base, target).filter(c -> c.method() == 'b' && c.context() == 'i').isPresent();
    }

    private boolean pseudoCoercible(int base, int target) {
        return switch (target) {
            case Oids.ANYARRAY, Oids.ANYCOMPATIBLEARRAY -> types.element(base) != 0;
            case Oids.ANYNONARRAY, Oids.ANYCOMPATIBLENONARRAY -> types.element(base) == 0;
            case Oids.ANYENUM -> types.isEnum(base);
            case Oids.ANYRANGE, Oids.ANYCOMPATIBLERANGE -> types.isRange(base);
            case Oids.ANYMULTIRANGE, Oids.ANYCOMPATIBLEMULTIRANGE -> types.isMultirange(base);
            default -> false;
        };
    }
}
