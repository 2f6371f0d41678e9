package org.gajah.analyze;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;
import org.gajah.type.Oids;
import org.gajah.type.TypeContext;

/** What coercion asks about types, answered from pg_type. */
final class Types {
    private final Catalog catalog;
    private final TypeContext context;

    /** A type with its modifier. */
    record Typed(int type, int typmod) {
    }

    Types(Catalog catalog, TypeContext context) {
        this.catalog = catalog;
        this.context = context;
    }

    TypeRow row(int type) {
        return catalog.type(type).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "type with OID " + Integer.toUnsignedString(type) + " does not exist"));
    }

    /** The type as messages name it, without modifier: there {@code bpchar} is {@code character} and {@code bit} goes unquoted. */
    String name(int type) {
        return switch (type) {
            case Oids.BPCHAR -> "character";
            case Oids.BPCHAR_ARRAY -> "character[]";
            case Oids.BIT -> "bit";
            case Oids.BIT_ARRAY -> "bit[]";
            default -> name(type, -1);
        };
    }

    String name(int type, int typmod) {
        return context.names().typeName(type, typmod);
    }

    char category(int type) {
        return row(type).category();
    }

    boolean preferred(int type) {
        return row(type).preferred();
    }

    /** The type below any domains. */
    int base(int type) {
        return base(type, -1).type();
    }

    /** The type below any domains, with the modifier in force there. */
    Typed base(int type, int typmod) {
        int at = type;
        int modifier = typmod;
        while (true) {
            TypeRow row = row(at);
            if (row.kind() != 'd') {
                return new Typed(at, modifier);
            }
            at = row.base();
            modifier = row.baseTypmod();
        }
    }

    /** The element type of a true array, else 0. */
    int element(int type) {
        TypeRow row = row(type);
        return row.trueArray() ? row.element() : 0;
    }

    /** The element type of a true array or a domain over one, else 0. */
    int baseElement(int type) {
        return element(base(type));
    }

    /** The array type of this element type, or 0; polymorphic pseudo-types have theirs. */
    int arrayOf(int type) {
        return row(type).array();
    }

    int collation(int type) {
        return row(type).collation();
    }

    boolean collatable(int type) {
        return collation(type) != 0;
    }

    boolean isDomain(int type) {
        return row(type).kind() == 'd';
    }

    boolean isEnum(int type) {
        return row(type).kind() == 'e';
    }

    boolean isRange(int type) {
        return row(type).kind() == 'r';
    }

    boolean isMultirange(int type) {
        return row(type).kind() == 'm';
    }

    /** Whether values are rows: a composite type, a domain over one, or record. */
    boolean isRow(int type) {
        int base = base(type);
        return base == Oids.RECORD || row(base).kind() == 'c';
    }

    /** A named composite type, or a domain over one. */
    boolean isComplex(int type) {
        return row(base(type)).kind() == 'c';
    }

    boolean isComplexArray(int type) {
        int element = element(type);
        return element != 0 && isComplex(element);
    }

    /** The relation that describes a named composite type's columns. */
    Optional<Relation> composite(int type) {
        TypeRow row = row(base(type));
        return row.kind() == 'c' ? catalog.relation(row.relation()) : Optional.empty();
    }

    int rangeSubtype(int type) {
        return catalog.rangeSubtype(type);
    }

    int multirangeRange(int type) {
        return catalog.multirangeRange(type);
    }

    int rangeMultirange(int type) {
        return catalog.rangeMultirange(type);
    }

    /** Whether one row type's table inherits from the other's. */
    boolean inherits(int subType, int superType) {
        if (row(base(subType)).kind() != 'c' || row(superType).kind() != 'c') {
            return false;
        }
        return inheritsRelation(row(superType).relation(), row(base(subType)).relation());
    }

    private boolean inheritsRelation(int parent, int wanted) {
        for (int child : catalog.children(parent)) {
            if (child == wanted || inheritsRelation(child, wanted)) {
                return true;
            }
        }
        return false;
    }

    static boolean isPolymorphic(int type) {
        return isPolymorphicFamilyOne(type) || isPolymorphicFamilyTwo(type);
    }

    static boolean isPolymorphicFamilyOne(int type) {
        return switch (type) {
            case Oids.ANYELEMENT, Oids.ANYARRAY, Oids.ANYNONARRAY, Oids.ANYENUM, Oids.ANYRANGE, Oids.ANYMULTIRANGE -> true;
            default -> false;
        };
    }

    static boolean isPolymorphicFamilyTwo(int type) {
        return switch (type) {
            case Oids.ANYCOMPATIBLE, Oids.ANYCOMPATIBLEARRAY, Oids.ANYCOMPATIBLENONARRAY, Oids.ANYCOMPATIBLERANGE,
                    Oids.ANYCOMPATIBLEMULTIRANGE -> true;
            default -> false;
        };
    }
}
