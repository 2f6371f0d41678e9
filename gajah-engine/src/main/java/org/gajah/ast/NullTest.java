package org.gajah.ast;

/**
 * IS [NOT] NULL.
 *
 * @param isNot whether NOT was written
 * @param location where errors about it point, in code points from 1
 */
public record NullTest(Expression argument, boolean isNot, int location) implements Expression {
}
