package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.parse.CodeTokens;
import org.gajah.type.Oids;

/** RETURN, statements of SQL with and without INTO, EXECUTE, cursors, diagnostics. None takes its semicolon. */
final class SqlGrammar {
    private final Reading r;
    private final CodeTokens t;
    private int argumentAt;

    SqlGrammar(Reading reading) {
        this.r = reading;
        this.t = reading.tokens;
    }

    Step step() {
        int line = t.line();
        int at = t.location();
        if (t.acceptWord("return")) {
            return returnStep(line, at);
        } else if (t.acceptWord("perform")) {
            return new Step.Perform(line, t.at(";") ? new Code("", r.scope) : r.code(";"));
        } else if (t.acceptWord("execute")) {
            return execute(line);
        } else if (t.acceptWord("get")) {
            return diagnostics(line, at);
        } else if (t.acceptWord("open")) {
            return open(line);
        } else if (t.acceptWord("fetch")) {
            return fetch(line, at, true);
        } else if (t.acceptWord("move")) {
            return fetch(line, at, false);
        } else if (t.acceptWord("close")) {
            return new Step.Close(line, cursor());
        } else if (t.atWord("call") || t.atWord("do")) {
            boolean isCall = t.atWord("call");
            return new Step.Call(line, r.statement(";"), isCall);
        }
        return sql(line);
    }

    private Step returnStep(int line, int start) {
        boolean set = r.function.proc().returnsSet();
        if (t.atWord("next") || t.atWord("query")) {
            boolean next = t.acceptWord("next");
            if (!set) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot use RETURN " + (next ? "NEXT" : "QUERY") + " in a non-SETOF function")
                        .at(start);
            }
            return next ? returnNext(line) : returnQuery(line);
        }
        int at = t.location();
        boolean isProcedure = r.function.proc().kind() == 'p' && r.function.proc().oid() != 0;
        boolean needsNone = set || isProcedure || !r.function.outputs().isEmpty() || r.function.resultType() == Oids.VOID;
        Optional<Code> value = t.at(";") && needsNone ? Optional.empty() : Optional.of(r.code(";"));
        if (value.isEmpty() || !needsNone) {
            return new Step.Return(line, value);
        }
        if (set) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "RETURN cannot have a parameter in function returning set")
                    .hint("Use RETURN NEXT or RETURN QUERY.").at(at);
        } else if (isProcedure) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "RETURN cannot have a parameter in a procedure").at(at);
        } else if (!r.function.outputs().isEmpty()) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "RETURN cannot have a parameter in function with OUT parameters").at(at);
        }
        throw new SqlError(SqlState.DATATYPE_MISMATCH, "RETURN cannot have a parameter in function returning void").at(at);
    }

    private Step returnNext(int line) {
        boolean outputs = !r.function.outputs().isEmpty();
        int at = t.location();
        if (outputs && !t.at(";")) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "RETURN NEXT cannot have a parameter in function with OUT parameters").at(at);
        }
        return new Step.ReturnNext(line, outputs ? Optional.empty() : Optional.of(r.code(";")));
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

    private static final List<String> STACKED = List.of("returned_sqlstate", "column_name", "constraint_name", "pg_datatype_name", "message_text",
            "table_name", "schema_name", "pg_exception_detail", "pg_exception_hint", "pg_exception_context");
    private static final List<String> CURRENT = List.of("row_count", "pg_context", "pg_routine_oid");

    private Step diagnostics(int line, int start) {
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
            int item = t.mark();
            String name = t.name();
            if (!(stacked ? STACKED : CURRENT).contains(name)) {
                t.reset(item);
                throw STACKED.contains(name) || CURRENT.contains(name) ? new SqlError(SqlState.SYNTAX_ERROR, "diagnostics item "
                        + name.toUpperCase(Locale.ROOT) + " is not allowed in GET " + (stacked ? "STACKED" : "CURRENT") + " DIAGNOSTICS").at(start)
                        : t.near("unrecognized GET DIAGNOSTICS item");
            }
            items.add(new Step.Diagnostics.Item(name, target));
        } while (t.accept(","));
        return new Step.Diagnostics(line, stacked, items);
    }

    private Variable cursor() {
        int at = t.location();
        Target target = r.targetIfAny().orElseThrow(r::unknown);
        if (!(target instanceof Target.Whole whole)) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "cursor variable must be a simple variable").at(at);
        }
        if (whole.variable().type() != Oids.REFCURSOR) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "variable \"" + whole.variable().name() + "\" must be of type cursor or refcursor").at(at);
        }
        return whole.variable();
    }

    /** A bound cursor's arguments, in the order of their declaration: none but those in parentheses, by place or by name. */
    List<Code> cursorArguments(Variable cursor) {
        List<Variable> wanted = cursor.cursorArgs();
        String name = "cursor \"" + cursor.name() + "\"";
        int at = t.location();
        if (wanted.isEmpty() == t.at("(")) {
            throw new SqlError(SqlState.SYNTAX_ERROR, name + (wanted.isEmpty() ? " has no arguments" : " has arguments")).at(at);
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        Code[] given = new Code[wanted.size()];
        for (int i = 0; i < given.length; i++) {
            t.skip();
            int place = place(cursor, i);
            if (given[place] != null) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "value for parameter \"" + wanted.get(place).name() + "\" of " + name
                        + " specified more than once").at(argumentAt);
            }
            given[place] = r.code(",", ")");
            if (t.at(")") != (i == given.length - 1)) {
                throw new SqlError(SqlState.SYNTAX_ERROR, (t.at(")") ? "not enough" : "too many") + " arguments for " + name).at(t.location());
            }
        }
        t.expect(")");
        return List.of(given);
    }

    /** Which argument comes next: the one that is named, else the next. */
    private int place(Variable cursor, int next) {
        argumentAt = t.location();
        if (!t.atName() || !(t.at(1, ":=") || t.at(1, "=>"))) {
            return next;
        }
        String named = t.name();
        t.skip();
        for (int i = 0; i < cursor.cursorArgs().size(); i++) {
            if (cursor.cursorArgs().get(i).name().equals(named)) {
                return i;
            }
        }
        throw new SqlError(SqlState.SYNTAX_ERROR, "cursor \"" + cursor.name() + "\" has no argument named \"" + named + "\"").at(argumentAt);
    }

    private Step open(int line) {
        Variable cursor = cursor();
        if (cursor.cursor().isPresent()) {
            List<Code> arguments = cursorArguments(cursor);
            if (!t.at(";")) {
                throw t.syntaxError();
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
        if (!t.acceptWord("for")) {
            throw t.near("syntax error, expected \"FOR\"");
        }
        Step.Query query = t.acceptWord("execute") ? dynamic(";") : new Step.Query.Written(r.statement(";"));
        return new Step.Open(line, cursor, Optional.of(query), scroll, List.of());
    }

    /** Which rows FETCH and MOVE mean. */
    private record Direction(String word, Optional<Code> count, boolean several) {
    }

    private Step fetch(int line, int start, boolean isFetch) {
        Direction direction = t.atName() && r.find(r.wordHere()).isPresent() || t.image().startsWith("$") ? new Direction("FORWARD", Optional.empty(), false)
                : direction();
        if (isFetch && direction.several) {
            throw SqlError.notSupported("FETCH statement cannot return multiple rows").at(start);
        }
        Variable cursor = cursor();
        Optional<Target> into = Optional.empty();
        if (isFetch) {
            t.expectWord("into");
            into = Optional.of(r.targets());
        }
        return new Step.Fetch(line, cursor, direction.word, direction.count, into);
    }

    /** A direction up to FROM or IN. */
    private Direction direction() {
        if (atFrom()) {
            t.skip();
            return new Direction("FORWARD", Optional.empty(), false);
        }
        for (String word : List.of("next", "prior", "first", "last")) {
            if (t.acceptWord(word)) {
                return from(new Direction(word.toUpperCase(Locale.ROOT), Optional.empty(), false));
            }
        }
        for (String word : List.of("absolute", "relative")) {
            if (t.acceptWord(word)) {
                return from(new Direction(word.toUpperCase(Locale.ROOT), Optional.of(r.code("from", "in")), false));
            }
        }
        String word = t.acceptWord("backward") ? "BACKWARD" : "FORWARD";
        t.acceptWord("forward");
        if (t.acceptWord("all")) {
            return from(new Direction(word + " ALL", Optional.empty(), true));
        }
        return from(atFrom() ? new Direction(word, Optional.empty(), false) : new Direction(word, Optional.of(r.code("from", "in")), true));
    }

    private boolean atFrom() {
        return t.atWord("from") || t.atWord("in");
    }

    private Direction from(Direction direction) {
        if (!atFrom()) {
            throw t.near("syntax error, expected \"FROM\" or \"IN\"");
        }
        t.skip();
        return direction;
    }

    /** A statement of SQL up to its semicolon; INTO and its targets leave blanks up to what follows. */
    private Step sql(int line) {
        int start = t.mark();
        if (!t.atName() && !t.at("(")) {
            throw t.syntaxError();
        }
        Optional<Target> into = Optional.empty();
        boolean strict = false;
        int blankFrom = 0;
        int blankTo = 0;
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
                    throw t.near("INTO specified more than once");
                }
                t.skip();
                blankFrom = t.textFrom(start).length() - "into".length();
                strict = t.acceptWord("strict");
                into = Optional.of(r.targets());
                blankTo = t.textFrom(start).length();
                continue;
            }
            afterInsert = t.atWord("insert") || t.atWord("merge");
            depth += t.at("(") || t.at("[") ? 1 : t.at(")") || t.at("]") ? -1 : 0;
            t.skip();
        }
        String text = t.textFrom(start);
        while (blankTo > 0 && blankTo < text.length() && Character.isWhitespace(text.charAt(blankTo))) {
            blankTo++;
        }
        String sent = text.substring(0, blankFrom) + " ".repeat(blankTo - blankFrom) + text.substring(blankTo);
        Code code = r.checked(new Code(sent.stripTrailing(), r.scope), "", start);
        return new Step.Sql(line, code, into, strict);
    }
}
