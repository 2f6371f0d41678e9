package org.gajah.catalog;

/**
 * A row of pg_type.
 *
 * @param kind     typtype: b base, c composite, d domain, e enum, p pseudo, r range, m multirange
 * @param relation typrelid of a composite, else 0
 * @param element  typelem if subscripting gives elements of that type (a true array, or a fixed-length vector), else 0
 * @param array    typarray, or 0
 * @param base     typbasetype of a domain, else 0
 */
public record TypeRow(int oid, String name, int namespace, int owner, int length, boolean byValue, char kind, char category,
        boolean preferred, boolean defined, int relation, int element, int array, boolean trueArray, int base, int baseTypmod,
        boolean notNull, int collation, int modifierInput) {
}
