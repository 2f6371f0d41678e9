package org.gajah.plpgsql;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** SQL in a function's text: an expression or a statement, with what has been made ready of it. */
final class Code {
    private final String text;
    private final Scope scope;
    private final String source;
    private final String line;
    private Optional<Formula> formula = Optional.empty();
    private Optional<Query> query = Optional.empty();
    private Optional<Code> performed = Optional.empty();

    /**
     * @param text  as written
     * @param scope the variables that are visible there
     */
    Code(String text, Scope scope) {
        this(text, scope, text, "PL/pgSQL expression \"" + text + "\"");
    }

    private Code(String text, Scope scope, String source, String line) {
        this.text = text;
        this.scope = scope;
        this.source = source;
        this.line = line;
    }

    /** It as the value at the end of this whole assignment. */
    Code in(String assignment) {
        return new Code(text, scope, assignment, "PL/pgSQL assignment \"" + assignment + "\"");
    }

    /** It, of which CONTEXT tells this. */
    Code shownAs(String expression) {
        return new Code(text, scope, text, "PL/pgSQL expression \"" + expression + "\"");
    }

    /** What CONTEXT says of it as an expression. */
    String line() {
        return line;
    }

    /** The error at a place in {@link #text}, from 1, as one at the place in what the user sees of it. */
    SqlError placed(SqlError e, int place) {
        return e.at(0).internal(source.length() - text.length() + place, source);
    }

    /** That it gives so many columns instead of one. */
    SqlError columns(int count) {
        SqlError error = new SqlError(SqlState.SYNTAX_ERROR, (isAssigned() ? "assignment source" : "query") + " returned " + count + " column" + (count == 1 ? "" : "s"));
        return error.context(isAssigned() ? line : "query: " + text);
    }

    /** Whether it is the value of an assignment. */
    boolean isAssigned() {
        return source != text;
    }

    /** What the user sees of it: of an assignment all. */
    String source() {
        return source;
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
