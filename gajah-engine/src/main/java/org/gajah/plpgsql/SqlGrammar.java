package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.parse.CodeTokens;
import org.gajah.type.Oids;

/** RETURN, statements of SQL with and without INTO, EXECUTE, cursors, diagnostics. None takes its semicolon. */
final class SqlGrammar {
    private final Reading r;
    private final CodeTokens t;

    SqlGrammar(Reading reading) {
        this.r = reading;
        this.t = reading.tokens;
    }

    Step step() {
        int line = t.line();
        if (t.acceptWord("return")) {
            return returnStep(line);
        } else if (t.acceptWord("perform")) {
            return new Step.Perform(line, r.code(";"));
        } else if (t.acceptWord("execute")) {
            return execute(line);
        } else if (t.acceptWord("get")) {
            return diagnostics(line);
        } else if (t.acceptWord("open")) {
            return open(line);
        } else if (t.acceptWord("fetch")) {
            return fetch(line, true);
        } else if (t.acceptWord("move")) {
            return fetch(line, false);
        } else if (t.acceptWord("close")) {
            return new Step.Close(line, cursor());
        } else if (t.atWord("call") || t.atWord("do")) {
            boolean isCall = t.atWord("call");
            return new Step.Call(line, r.statement(";"), isCall);
        }
        return sql(line);
    }

    private Step returnStep(int line) {
        boolean set = r.function.proc().returnsSet();
        if (t.atWord("next") || t.atWord("query")) {
            boolean next = t.acceptWord("next");
            if (!set) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot use RETURN " + (next ? "NEXT" : "QUERY") + " in a non-SETOF function")
                        .at(t.location());
            }
            return next ? new Step.ReturnNext(line, t.at(";") ? Optional.empty() : Optional.of(r.code(";"))) : returnQuery(line);
        }
        int at = t.location();
        Optional<Code> value = t.at(";") ? Optional.empty() : Optional.of(r.code(";"));
        if (value.isEmpty()) {
            return new Step.Return(line, value);
        }
        if (set) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "RETURN cannot have a parameter in function returning set")
                    .hint("Use RETURN NEXT or RETURN QUERY.").at(at);
        } else if (r.function.proc().kind() == 'p') {
            throw new SqlError(SqlState.SYNTAX_ERROR, "RETURN cannot have a parameter in a procedure").at(at);
        } else if (!r.function.outputs().isEmpty()) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "RETURN cannot have a parameter in function with OUT parameters").at(at);
        } else if (r.function.resultType() == Oids.VOID) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "RETURN cannot have a parameter in function returning void").at(at);
        }
        return new Step.Return(line, value);
    }

    private Step returnQuery(int line) {
        t.expectWord("query");
        if (t.acceptWord("execute")) {
            return new Step.ReturnQuery(line, dynamic(";"));
        }
        return new Step.ReturnQuery(line, new Step.Query.Written(r.statement(";")));
    }

    private Step.Query.Dynamic dynamic(String... ends) {
        List<String> all = new ArrayList<>(List.of(ends));
        all.addFirst("using");
        Code text = r.code(all.toArray(String[]::new));
        return new Step.Query.Dynamic(text, t.acceptWord("using") ? codes(ends) : List.of());
    }

    private List<Code> codes(String... ends) {
        List<String> all = new ArrayList<>(List.of(ends));
        all.addFirst(",");
        List<Code> codes = new ArrayList<>();
        do {
            codes.add(r.code(all.toArray(String[]::new)));
        } while (t.accept(","));
        return codes;
    }

    private Step execute(int line) {
        Code text = r.code("into", "using", ";");
        Optional<Target> into = Optional.empty();
        boolean strict = false;
        List<Code> arguments = List.of();
        while (!t.at(";")) {
            if (t.acceptWord("into")) {
                strict = t.acceptWord("strict");
                into = Optional.of(r.targets());
            } else {
                t.expectWord("using");
                arguments = codes("into", ";");
            }
        }
        return new Step.Execute(line, new Step.Query.Dynamic(text, arguments), into, strict);
    }

    private Step diagnostics(int line) {
        boolean stacked = t.acceptWord("stacked");
        if (!stacked) {
            t.acceptWord("current");
        }
        t.expectWord("diagnostics");
        List<Step.Diagnostics.Item> items = new ArrayList<>();
        do {
            Target target = r.target();
            if (!t.accept("=")) {
                t.expect(":=");
            }
            int at = t.location();
            String name = t.name();
            List<String> known = stacked
                    ? List.of("returned_sqlstate", "column_name", "constraint_name", "pg_datatype_name", "message_text", "table_name", "schema_name",
                            "pg_exception_detail", "pg_exception_hint", "pg_exception_context")
                    : List.of("row_count", "pg_context", "pg_routine_oid");
            if (!known.contains(name)) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized GET DIAGNOSTICS item").at(at);
            }
            items.add(new Step.Diagnostics.Item(name, target));
        } while (t.accept(","));
        return new Step.Diagnostics(line, stacked, items);
    }

    private Variable cursor() {
        int at = t.location();
        Target target = r.target();
        if (!(target instanceof Target.Whole whole) || whole.variable().type() != Oids.REFCURSOR) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "cursor variable must be of type cursor or refcursor").at(at);
        }
        return whole.variable();
    }

    private Step open(int line) {
        Variable cursor = cursor();
        if (cursor.cursor().isPresent()) {
            List<Code> arguments = List.of();
            if (t.accept("(")) {
                arguments = codes(")");
                t.expect(")");
            }
            return new Step.Open(line, cursor, Optional.empty(), cursor.scroll(), arguments);
        }
        Optional<Boolean> scroll = Optional.empty();
        if (t.acceptWord("no")) {
            t.expectWord("scroll");
            scroll = Optional.of(false);
        } else if (t.acceptWord("scroll")) {
            scroll = Optional.of(true);
        }
        t.expectWord("for");
        Step.Query query = t.acceptWord("execute") ? dynamic(";") : new Step.Query.Written(r.statement(";"));
        return new Step.Open(line, cursor, Optional.of(query), scroll, List.of());
    }

    private Step fetch(int line, boolean isFetch) {
        String direction = "FORWARD";
        Optional<Code> count = Optional.empty();
        for (String word : List.of("next", "prior", "first", "last", "absolute", "relative", "forward", "backward")) {
            boolean there = t.atWord(word) && r.find(word).isEmpty();
            if (there) {
                t.skip();
                direction = word.toUpperCase(java.util.Locale.ROOT);
                if (List.of("absolute", "relative").contains(word) || List.of("forward", "backward").contains(word) && !t.atWord("from")
                        && !t.atWord("in") && !t.atWord("all")) {
                    count = Optional.of(r.code("from", "in"));
                }
                break;
            }
        }
        if (t.acceptWord("all")) {
            direction = direction + " ALL";
        }
        if (!t.acceptWord("from")) {
            t.acceptWord("in");
        }
        Variable cursor = cursor();
        Optional<Target> into = Optional.empty();
        if (isFetch) {
            t.expectWord("into");
            into = Optional.of(r.targets());
        }
        return new Step.Fetch(line, cursor, direction, count, into);
    }

    /** A statement of SQL up to its semicolon; INTO and its targets leave blanks. */
    private Step sql(int line) {
        int start = t.mark();
        if (!t.atName() && !t.at("(")) {
            throw t.syntaxError();
        }
        StringBuilder text = new StringBuilder();
        Optional<Target> into = Optional.empty();
        boolean strict = false;
        int piece = start;
        int depth = 0;
        boolean mayHave = !t.atWord("import");
        boolean afterInsert = false;
        while (depth > 0 || !t.at(";")) {
            if (t.atEnd()) {
                throw t.near("unexpected end of function definition");
            }
            boolean isInto = mayHave && depth == 0 && !afterInsert && t.atWord("into") && t.mark() > start;
            if (isInto) {
                if (into.isPresent()) {
                    throw new SqlError(SqlState.SYNTAX_ERROR, "INTO specified more than once").at(t.location());
                }
                text.append(t.textFrom(piece)).append(' ');
                t.skip();
                strict = t.acceptWord("strict");
                into = Optional.of(r.targets());
                piece = t.mark();
                continue;
            }
            afterInsert = t.atWord("insert") || t.atWord("merge");
            depth += t.at("(") || t.at("[") ? 1 : t.at(")") || t.at("]") ? -1 : 0;
            t.skip();
        }
        text.append(t.textFrom(piece));
        Code code = r.checked(new Code(text.toString().strip(), r.scope), "", start);
        return new Step.Sql(line, code, into, strict);
    }
}
