package org.gajah.ast;

/**
 * argument IS JSON [kind] [WITH UNIQUE KEYS]; IS NOT JSON is NOT around it.
 *
 * @param uniqueKeys whether doubled keys make it false
 * @param location where errors about it point, in code points from 1
 */
public record JsonPredicate(Expression argument, Kind kind, boolean uniqueKeys, int location) implements Expression {
    /** What the value must be. */
    public enum Kind { VALUE, OBJECT, ARRAY, SCALAR }
}
