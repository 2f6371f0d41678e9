package org.gajah.ast;

/**
 * CAST(x AS type), x::type and type 'literal'.
 *
 * @param argument what is cast
 * @param type to what
 * @param location where errors about it point, in code points from 1
 */
public record TypeCast(Expression argument, TypeName type, int location) implements Expression {
}
