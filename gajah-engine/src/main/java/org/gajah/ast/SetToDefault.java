package org.gajah.ast;

/**
 * DEFAULT where a value stands in INSERT, UPDATE and MERGE; anywhere else the analyzer refuses it.
 *
 * @param location where errors about it point, in code points from 1
 */
public record SetToDefault(int location)
        implements Expression {
}
