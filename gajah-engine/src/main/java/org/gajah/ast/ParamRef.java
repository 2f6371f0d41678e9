package org.gajah.ast;

/**
 * {@code $1} and so on.
 *
 * @param number from 1; 0 and numbers too large are the analyzer's error
 * @param location where errors about it point, in code points from 1
 */
public record ParamRef(int number, int location) implements Expression {
}
