package org.gajah.ast;

/**
 * An expression that PostgreSQL has and that is read but not represented; the analyzer answers it with 0A000.
 *
 * @param feature its name in SQL, such as {@code XMLELEMENT}
 * @param location where errors about it point, in code points from 1
 */
public record UnsupportedExpr(String feature, int location) implements Expression {
}
