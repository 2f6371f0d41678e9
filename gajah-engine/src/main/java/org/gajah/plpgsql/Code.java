package org.gajah.plpgsql;

import java.util.Optional;

/** SQL in a function's text: an expression or a statement, with what has been made ready of it. */
final class Code {
    private final String text;
    private final Scope scope;
    private Optional<Formula> formula = Optional.empty();
    private Optional<Query> query = Optional.empty();
    private Optional<Code> performed = Optional.empty();

    /**
     * @param text  as written
     * @param scope the variables that are visible there
     */
    Code(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    String text() {
        return text;
    }

    Scope scope() {
        return scope;
    }

    /** It as an expression; the same value is wanted every time. */
    Formula formula(Formula.Wanted wanted) {
        if (formula.isEmpty()) {
            formula = Optional.of(new Formula(this, wanted));
        }
        return formula.get();
    }

    /** It as a statement. */
    Query query() {
        if (query.isEmpty()) {
            query = Optional.of(new Query(this));
        }
        return query.get();
    }

    /** PERFORM's text as the SELECT that it is. */
    Code performed() {
        if (performed.isEmpty()) {
            performed = Optional.of(new Code("SELECT " + text, scope));
        }
        return performed.get();
    }
}
