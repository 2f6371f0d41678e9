package org.gajah.ast;

/**
 * name => value (or name := value) among a call's arguments.
 *
 * @param name the parameter's
 * @param value the argument
 * @param location where errors about it point, in code points from 1
 */
public record NamedArg(String name, Expression value, int location) implements Expression {
}
