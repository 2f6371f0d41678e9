package org.gajah.ast;

import java.util.List;

/** Field selections and subscripts behind an expression. */
public record AIndirection(Expression argument, List<Indirection> indirection) implements Expression {
    @Override
    public int location() {
        return argument.location();
    }
}
