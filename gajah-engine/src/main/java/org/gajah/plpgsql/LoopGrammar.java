package org.gajah.plpgsql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.parse.CodeTokens;
import org.gajah.type.Oids;

/** LOOP, WHILE, FOR in its forms, FOREACH. */
final class LoopGrammar {
    private final Grammar g;
    private final Reading r;
    private final CodeTokens t;
    private final Deque<String> open = new ArrayDeque<>();

    LoopGrammar(Grammar grammar, Reading reading) {
        this.g = grammar;
        this.r = reading;
        this.t = reading.tokens;
    }

    boolean isAnyOpen() {
        return !open.isEmpty();
    }

    boolean isLoop(String label) {
        return open.contains(label);
    }

    /** Whether a loop, or a block around the place, has the label. */
    boolean isOpen(String label) {
        for (Optional<Scope> at = Optional.of(r.scope); at.isPresent(); at = at.get().outer()) {
            if (at.get().label().equals(label)) {
                return true;
            }
        }
        return open.contains(label);
    }

    /** A loop, if one begins here; it ends behind its semicolon. */
    Optional<Step> loop(String label) {
        int line = t.line();
        if (t.acceptWord("loop")) {
            return Optional.of(new Step.Loop(line, label, body(label)));
        } else if (t.acceptWord("while")) {
            Code condition = r.code("loop");
            t.expectWord("loop");
            return Optional.of(new Step.While(line, label, condition, body(label)));
        } else if (t.acceptWord("for")) {
            return Optional.of(forLoop(line, label));
        } else if (t.acceptWord("foreach")) {
            return Optional.of(forEach(line, label));
        }
        return Optional.empty();
    }

    /** The statements behind LOOP, up to the semicolon behind END LOOP. */
    private List<Step> body(String label) {
        open.push(label);
        List<Step> body = g.steps("end");
        open.pop();
        t.expectWord("end");
        t.expectWord("loop");
        if (!t.at(";")) {
            g.endLabel(label);
        }
        t.expect(";");
        return body;
    }

    private Step forLoop(int line, String label) {
        int start = t.mark();
        List<String> names = new ArrayList<>();
        do {
            int name = t.mark();
            names.add(t.name());
            while (t.accept(".")) {
                t.name();
            }
            if (t.at(",") || names.size() > 1) {
                requireKnown(name);
            }
        } while (t.accept(","));
        t.expectWord("in");
        int afterIn = t.mark();
        int cursorAt = t.location();
        Optional<Variable> cursor = t.atName() ? r.find(t.name()).filter(v -> v.type() == Oids.REFCURSOR) : Optional.empty();
        boolean overCursor = cursor.isPresent() && (t.atWord("loop") || t.at("("));
        if (overCursor) {
            if (cursor.get().cursor().isEmpty()) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "cursor FOR loop must use a bound cursor variable").at(cursorAt);
            }
            return forCursor(line, label, names.getFirst(), cursor.get());
        }
        t.reset(afterIn);
        boolean reverse = t.acceptWord("reverse");
        if (!t.atWord("execute")) {
            int begin = t.mark();
            r.passTo("..", "loop");
            boolean range = t.at("..");
            t.reset(begin);
            if (range) {
                return forRange(line, label, names, reverse);
            }
        }
        int query = t.mark();
        t.reset(start);
        Target target = loopTarget();
        t.reset(query);
        Step.Query read;
        if (t.acceptWord("execute")) {
            Code text = r.code("using", "loop");
            read = new Step.Query.Dynamic(text, t.acceptWord("using") ? codes("loop") : List.of());
        } else {
            read = new Step.Query.Written(r.statement("loop"));
        }
        t.expectWord("loop");
        return new Step.ForRows(line, label, target, read, body(label));
    }

    private void requireKnown(int name) {
        int behind = t.mark();
        t.reset(name);
        r.target();
        t.reset(behind);
    }

    private Target loopTarget() {
        int at = t.location();
        int start = t.mark();
        if (r.targetIfAny().isEmpty()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "loop variable of loop over rows must be a record variable or list of scalar variables").at(at);
        }
        t.reset(start);
        return r.targets();
    }

    private List<Code> codes(String end) {
        List<Code> codes = new ArrayList<>();
        do {
            codes.add(r.code(",", end));
        } while (t.accept(","));
        return codes;
    }

    private Step forRange(int line, String label, List<String> names, boolean reverse) {
        Code from = r.code("..");
        t.expect("..");
        Code to = r.code("by", "loop");
        Optional<Code> by = t.acceptWord("by") ? Optional.of(r.code("loop")) : Optional.empty();
        t.expectWord("loop");
        if (names.size() > 1) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "integer FOR loop must have only one target variable");
        }
        Scope outer = r.scope;
        r.scope = new Scope(Optional.of(outer), label);
        Variable variable = r.declare(names.getFirst(), r.type(Oids.INT4, -1));
        Step step = new Step.ForRange(line, label, variable, reverse, from, to, by, body(label));
        r.scope = outer;
        return step;
    }

    private Step forCursor(int line, String label, String name, Variable cursor) {
        List<Code> arguments = g.sql().cursorArguments(cursor);
        t.expectWord("loop");
        Scope outer = r.scope;
        r.scope = new Scope(Optional.of(outer), label);
        Variable row = r.declare(name, r.type(Oids.RECORD, -1));
        Step step = new Step.ForCursor(line, label, row, cursor, arguments, body(label));
        r.scope = outer;
        return step;
    }

    private Step forEach(int line, String label) {
        Target target = r.targets();
        int slice = 0;
        if (t.acceptWord("slice")) {
            slice = Integer.parseInt(t.image());
            t.skip();
        }
        t.expectWord("in");
        t.expectWord("array");
        Code array = r.code("loop");
        t.expectWord("loop");
        return new Step.ForEach(line, label, target, slice, array, body(label));
    }
}
