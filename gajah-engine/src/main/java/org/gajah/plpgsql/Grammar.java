package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.TypeRow;
import org.gajah.parse.CodeTokens;
import org.gajah.type.Oids;

/** Blocks, declarations and the statements that are not about rows; see {@link LoopGrammar} and {@link SqlGrammar} for the others. */
final class Grammar {
    private final Reading r;
    private final CodeTokens t;
    private final LoopGrammar loops;
    private final SqlGrammar sql;

    Grammar(Reading reading) {
        this.r = reading;
        this.t = reading.tokens;
        this.loops = new LoopGrammar(this, reading);
        this.sql = new SqlGrammar(reading);
    }

    SqlGrammar sql() {
        return sql;
    }

    /** The outermost block, which is the whole text. */
    Step.Block function() {
        String label = label();
        Step.Block block = block(label);
        t.accept(";");
        if (!t.atEnd()) {
            throw t.syntaxError();
        }
        return block;
    }

    /** {@code <<label>>}, if one is here. */
    String label() {
        if (!t.accept("<<")) {
            return "";
        }
        String label = t.name();
        t.expect(">>");
        return label;
    }

    private Step.Block block(String label) {
        r.stack.enter();
        int line = t.line();
        Scope outer = r.scope;
        r.scope = new Scope(Optional.of(outer), label);
        int first = r.variables.size();
        while (t.acceptWord("declare")) {
            declarations();
        }
        List<Variable> declared = List.copyOf(r.variables.subList(first, r.variables.size()));
        t.expectWord("begin");
        List<Step> body = steps("end", "exception");
        List<Step.Handler> handlers = List.of();
        Variable state = r.found;
        Variable message = r.found;
        if (t.acceptWord("exception")) {
            Scope inner = r.scope;
            r.scope = new Scope(Optional.of(inner), "");
            state = r.declare("sqlstate", r.type(Oids.TEXT, -1));
            message = r.declare("sqlerrm", r.type(Oids.TEXT, -1));
            handlers = handlers();
            r.scope = inner;
        }
        t.expectWord("end");
        endLabel(label);
        r.scope = outer;
        r.stack.leave();
        return new Step.Block(line, label, declared, body, handlers, state, message);
    }

    void endLabel(String label) {
        if (t.atName()) {
            String end = t.image();
            int at = t.location();
            if (label.isEmpty()) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "end label \"" + end + "\" specified for unlabeled block").at(at);
            }
            if (!t.name().equals(label)) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "end label \"" + end + "\" differs from block's label \"" + label + "\"").at(at);
            }
        }
    }

    private List<Step.Handler> handlers() {
        List<Step.Handler> handlers = new ArrayList<>();
        while (t.acceptWord("when")) {
            List<String> states = new ArrayList<>();
            do {
                states.addAll(condition());
            } while (t.acceptWord("or"));
            t.expectWord("then");
            handlers.add(new Step.Handler(states, steps("end", "when")));
        }
        return handlers;
    }

    private List<String> condition() {
        if (t.acceptWord("sqlstate")) {
            return List.of(sqlState());
        }
        String name = t.name();
        return name.equals("others") ? List.of("") : Conditions.states(name);
    }

    /** A SQLSTATE in quotes. */
    private String sqlState() {
        int start = t.mark();
        String state = t.string();
        if (!state.matches("[0-9A-Z]{5}")) {
            t.reset(start);
            throw t.near("invalid SQLSTATE code");
        }
        return state;
    }

    private void declarations() {
        while (!t.atWord("begin") && !t.atWord("declare")) {
            if (t.at("<<")) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "block label must be placed before DECLARE, not after").at(t.location());
            }
            declaration();
        }
    }

    private void declaration() {
        int start = t.mark();
        String name = t.name();
        if (r.scope.declares(name)) {
            t.reset(start);
            throw t.near("duplicate declaration");
        }
        r.warnOfShadow(name, t.location(start));
        if (t.acceptWord("alias")) {
            t.expectWord("for");
            String written = t.image();
            int place = t.location();
            Target of = r.targetIfAny().orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "variable \"" + written + "\" does not exist").at(place));
            if (!(of instanceof Target.Whole whole)) {
                throw t.syntaxError();
            }
            r.scope.declare(name, whole.variable().number());
            t.expect(";");
            return;
        }
        boolean scroll = t.acceptWord("scroll");
        boolean noScroll = !scroll && t.atWord("no") && t.atWord(1, "scroll");
        if (noScroll) {
            t.skip();
            t.skip();
        }
        if (t.acceptWord("cursor")) {
            boundCursor(name, scroll ? Optional.of(true) : noScroll ? Optional.of(false) : Optional.empty());
            return;
        }
        boolean constant = t.acceptWord("constant");
        Reading.Type type = r.dataType();
        if (t.atWord("collate")) {
            type = r.collated(type);
        }
        requireStorable(name, type);
        int at = t.location();
        boolean notNull = t.acceptWord("not");
        if (notNull) {
            t.expectWord("null");
        }
        boolean hasValue = t.accept(":=") || t.accept("=") || t.acceptWord("default");
        Scope block = r.scope;
        r.scope = block.asOfNow();
        Optional<Code> value = hasValue ? Optional.of(r.code(";")) : Optional.empty();
        r.scope = block;
        t.expect(";");
        if (notNull && value.isEmpty()) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "variable \"" + name + "\" must have a default value, since it's declared NOT NULL").at(at);
        }
        r.declare(name, type, constant, notNull, value);
    }

    private void requireStorable(String name, Reading.Type type) {
        TypeRow row = r.session.catalog().type(type.oid()).orElseThrow();
        if (row.kind() == 'p' && type.oid() != Oids.RECORD && type.oid() != Oids.RECORD_ARRAY) {
            throw SqlError.notSupported("variable \"" + name + "\" has pseudo-type " + row.name());
        }
    }

    private void boundCursor(String name, Optional<Boolean> scroll) {
        Scope outer = r.scope;
        List<Variable> arguments = new ArrayList<>();
        r.scope = new Scope(Optional.of(outer), "");
        if (t.accept("(")) {
            do {
                String argument = t.name();
                arguments.add(r.declare(argument, r.dataType()));
            } while (t.accept(","));
            t.expect(")");
        }
        if (!t.acceptWord("is")) {
            t.expectWord("for");
        }
        Code query = r.statement(";");
        t.expect(";");
        r.scope = outer;
        r.add(new Variable(r.variables.size(), name, Oids.REFCURSOR, -1, 0, false, false, Optional.empty(), Optional.of(query), arguments, scroll,
                t.line()));
    }

    /** Statements up to one of these words. */
    List<Step> steps(String... ends) {
        List<Step> steps = new ArrayList<>();
        while (true) {
            for (String end : ends) {
                if (t.atWord(end)) {
                    return steps;
                }
            }
            steps.add(step());
        }
    }

    private Step step() {
        int start = t.mark();
        String label = label();
        if (t.atWord("declare") || t.atWord("begin")) {
            Step.Block block = block(label);
            t.expect(";");
            return block;
        }
        Optional<Step> loop = loops.loop(label);
        if (loop.isPresent()) {
            return loop.get();
        }
        if (!label.isEmpty()) {
            throw t.syntaxError();
        }
        Optional<Step> assignment = assignment();
        if (assignment.isPresent()) {
            return assignment.get();
        }
        t.reset(start);
        Step step = control().orElseGet(sql::step);
        t.expect(";");
        return step;
    }

    /** {@code variable := value}, if that is here. */
    private Optional<Step> assignment() {
        int start = t.mark();
        int line = t.line();
        boolean possible = (t.atName() || t.image().startsWith("$")) && (t.at(1, ":=") || t.at(1, "=") || t.at(1, ".") || t.at(1, "["));
        int at = t.location();
        Optional<Target> target = possible ? r.targetIfAny() : Optional.empty();
        if (possible && target.isEmpty() && isAssigned()) {
            throw r.unknown();
        }
        if (target.isEmpty() || !(t.accept(":=") || t.accept("="))) {
            t.reset(start);
            return Optional.empty();
        }
        Code value = r.code(";").in(t.textFrom(start));
        t.expect(";");
        Reading.requireVariable(target.get(), at);
        return Optional.of(new Step.Assign(line, target.get(), value));
    }

    /** Whether the dotted name here is followed by an assignment. */
    private boolean isAssigned() {
        int behind = 1;
        while (t.at(behind, ".") && t.atName(behind + 1)) {
            behind += 2;
        }
        return t.at(behind, ":=") || t.at(behind, "=");
    }

    private Optional<Step> control() {
        int line = t.line();
        int at = t.location();
        if (t.acceptWord("if")) {
            return Optional.of(ifStep(line));
        } else if (t.acceptWord("case")) {
            return Optional.of(caseStep(line));
        } else if (t.acceptWord("exit")) {
            return Optional.of(leave(line, at, true));
        } else if (t.acceptWord("continue")) {
            return Optional.of(leave(line, at, false));
        } else if (t.acceptWord("null")) {
            return Optional.of(new Step.Null(line));
        } else if (t.acceptWord("assert")) {
            Code condition = r.code(";", ",");
            Optional<Code> message = t.accept(",") ? Optional.of(r.code(";")) : Optional.empty();
            return Optional.of(new Step.Assert(line, condition, message));
        } else if (t.acceptWord("raise")) {
            return Optional.of(raise(line));
        } else if (t.acceptWord("commit")) {
            return Optional.of(new Step.End(line, true, chain()));
        } else if (t.acceptWord("rollback")) {
            return Optional.of(new Step.End(line, false, chain()));
        }
        return Optional.empty();
    }

    private boolean chain() {
        if (!t.acceptWord("and")) {
            return false;
        }
        boolean no = t.acceptWord("no");
        t.expectWord("chain");
        return !no;
    }

    private Step ifStep(int line) {
        List<Step.Branch> branches = new ArrayList<>();
        do {
            Code condition = r.code("then");
            t.expectWord("then");
            branches.add(new Step.Branch(condition, steps("elsif", "elseif", "else", "end")));
        } while (t.acceptWord("elsif") || t.acceptWord("elseif"));
        List<Step> otherwise = t.acceptWord("else") ? steps("end") : List.of();
        t.expectWord("end");
        t.expectWord("if");
        return new Step.If(line, branches, otherwise);
    }

    private Step caseStep(int line) {
        Optional<Step.Assign> subject = Optional.empty();
        String held = "";
        if (!t.atWord("when")) {
            Code value = r.code("when");
            Variable variable = r.declare("__Case__Variable_" + r.variables.size() + "__", new Reading.Type(Oids.RECORD, -1, 0));
            held = "\"" + variable.name() + "\"";
            subject = Optional.of(new Step.Assign(line, new Target.Whole(variable), value));
        }
        List<Step.Branch> branches = new ArrayList<>();
        while (t.acceptWord("when")) {
            Code condition = r.code("then");
            t.expectWord("then");
            Code test = subject.isEmpty() ? condition : new Code(held + ".value IN (" + condition.text() + ")", condition.scope()).shownAs(held + " IN (" + condition.text() + ")");
            branches.add(new Step.Branch(test, steps("when", "else", "end")));
        }
        Optional<List<Step>> otherwise = t.acceptWord("else") ? Optional.of(steps("end")) : Optional.empty();
        t.expectWord("end");
        t.expectWord("case");
        return new Step.Case(line, subject, branches, otherwise);
    }

    private Step leave(int line, int start, boolean exit) {
        String label = "";
        if (t.atName() && !t.atWord("when")) {
            int at = t.location();
            label = t.name();
            if (!exit && !loops.isLoop(label) && loops.isOpen(label)) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "block label \"" + label + "\" cannot be used in CONTINUE").at(at);
            }
            if (!loops.isOpen(label)) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "there is no label \"" + label + "\" attached to any block or loop enclosing this statement")
                        .at(at);
            }
        } else if (!loops.isAnyOpen()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, (exit ? "EXIT" : "CONTINUE") + " cannot be used outside a loop"
                    + (exit ? ", unless it has a label" : "")).at(start);
        }
        Optional<Code> condition = t.acceptWord("when") ? Optional.of(r.code(";")) : Optional.empty();
        return new Step.Leave(line, exit, label, condition);
    }

    private Step raise(int line) {
        String level = "EXCEPTION";
        for (String word : List.of("exception", "warning", "notice", "info", "log", "debug")) {
            if (t.acceptWord(word)) {
                level = word.toUpperCase(Locale.ROOT);
                break;
            }
        }
        String condition = "";
        Optional<String> format = Optional.empty();
        List<Code> arguments = new ArrayList<>();
        if (t.atString()) {
            format = Optional.of(t.string());
            while (t.accept(",")) {
                arguments.add(r.code(",", "using", ";"));
            }
            requireMatch(format.get(), arguments.size());
        } else if (t.acceptWord("sqlstate")) {
            condition = sqlState();
        } else if (t.atName() && !t.atWord("using")) {
            condition = t.name();
            Conditions.states(condition);
        }
        List<Step.RaiseOption> options = t.acceptWord("using") ? raiseOptions() : List.of();
        return new Step.Raise(line, level, condition, format, arguments, options);
    }

    private static void requireMatch(String format, int given) {
        int wanted = 0;
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) == '%') {
                boolean literal = i + 1 < format.length() && format.charAt(i + 1) == '%';
                wanted += literal ? 0 : 1;
                i += literal ? 1 : 0;
            }
        }
        if (wanted != given) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "too " + (wanted > given ? "few" : "many") + " parameters specified for RAISE");
        }
    }

    private List<Step.RaiseOption> raiseOptions() {
        List<Step.RaiseOption> options = new ArrayList<>();
        do {
            int start = t.mark();
            String name = t.name();
            boolean known = List.of("errcode", "message", "detail", "hint", "column", "constraint", "datatype", "table", "schema").contains(name);
            if (!known) {
                t.reset(start);
                throw t.near("unrecognized RAISE statement option");
            }
            if (!t.accept("=")) {
                t.expect(":=");
            }
            options.add(new Step.RaiseOption(name, r.code(",", ";")));
        } while (t.accept(","));
        return options;
    }
}
