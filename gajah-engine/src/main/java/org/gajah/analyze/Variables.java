package org.gajah.analyze;

import java.util.List;
import java.util.Optional;

import org.gajah.ast.ColumnRef;

/** Names around a query that its column references may mean: parameters of a function, variables of a block. */
public interface Variables {
    /** No names. */
    Variables NONE = new Variables() {
        @Override
        public Precedence precedence() {
            return Precedence.COLUMN;
        }

        @Override
        public Optional<Expr> find(ColumnRef ref) {
            return Optional.empty();
        }
    };

    /** Which is meant if a column and a variable have the same name; CONFLICT makes that an error. */
    enum Precedence { VARIABLE, COLUMN, CONFLICT }

    Precedence precedence();

    /** The value that the name stands for: a parameter of the statement, or a field of one. */
    Optional<Expr> find(ColumnRef ref);

    /** The fields of a record variable whose value is of a named type; empty if it is not. */
    default List<RowShape.Field> fields(Expr.Param record) {
        return List.of();
    }
}
