package org.gajah.ast;

/**
 * WHERE CURRENT OF cursor, in UPDATE and DELETE.
 *
 * @param cursor a name; whether it is a parameter is not known here
 * @param location where errors about it point, in code points from 1
 */
public record CurrentOf(String cursor, int location) implements Expression {
}
