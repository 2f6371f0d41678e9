package org.gajah.parse;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gajah.ast.AlterTableCommand.TriggerState;
import org.gajah.ast.DefElem;
import org.gajah.ast.Expression;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.PolicyStatement;
import org.gajah.ast.RangeVar;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.Statement;
import org.gajah.ast.TriggerStatement;
import org.gajah.ast.TriggerStatement.Event;
import org.gajah.ast.TriggerStatement.Timing;
import org.gajah.ast.TriggerStatement.Transition;

/** CREATE TRIGGER, EVENT TRIGGER and POLICY. */
final class TriggerGrammar {
    private final Grammar g;
    private final TokenStream t;

    TriggerGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** [CONSTRAINT] TRIGGER and what follows, behind CREATE [OR REPLACE]. */
    Statement create(boolean replace) {
        int location = t.location();
        boolean constraint = t.accept(Keyword.CONSTRAINT);
        t.expect(Keyword.TRIGGER);
        String name = t.colId();
        Timing timing = timing(constraint);
        List<String> columns = new ArrayList<>(0);
        Set<Event> events = events(columns);
        t.expect(Keyword.ON);
        RangeVar relation = g.names.qualifiedName();
        Optional<RangeVar> from = Optional.empty();
        ConstraintGrammar.AttributeReader attributes = g.constraints.new AttributeReader("FOREIGN KEY");
        if (constraint) {
            from = t.after(Keyword.FROM, g.names::qualifiedName);
            while (attributes.readOne()) {
                continue;
            }
        }
        List<Transition> transitions = constraint ? List.of() : transitions();
        boolean row = forEachRow(constraint);
        Optional<Expression> when = when();
        t.expect(Keyword.EXECUTE);
        List<String> function = executed();
        t.expect('(');
        List<String> arguments = t.at(')') ? List.of() : t.commaList(this::argument);
        t.expect(')');
        var result = attributes.result();
        return new TriggerStatement.CreateTrigger(replace, constraint, name, relation, timing, Set.copyOf(events),
                List.copyOf(columns), row, when, function, arguments, transitions, from, result.deferrable(),
                result.initiallyDeferred(), location);
    }

    private Timing timing(boolean constraint) {
        if (!constraint && t.accept(Keyword.BEFORE)) {
            return Timing.BEFORE;
        } else if (!constraint && t.accept(Keyword.INSTEAD)) {
            t.expect(Keyword.OF);
            return Timing.INSTEAD_OF;
        }
        t.expect(Keyword.AFTER);
        return Timing.AFTER;
    }

    private Set<Event> events(List<String> columns) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        do {
            Event event = switch (t.keyword()) {
                case INSERT -> Event.INSERT;
                case DELETE -> Event.DELETE;
                case UPDATE -> Event.UPDATE;
                case TRUNCATE -> Event.TRUNCATE;
                default -> throw t.syntaxError();
            };
            t.skip();
            if (event == Event.UPDATE && t.accept(Keyword.OF)) {
                columns.addAll(t.nameList());
            }
            if (!events.add(event)) {
                throw t.errorNear("duplicate trigger events specified", -1);
            }
        } while (t.accept(Keyword.OR));
        return events;
    }

    private List<Transition> transitions() {
        if (!t.accept(Keyword.REFERENCING)) {
            return List.of();
        }
        List<Transition> list = new ArrayList<>(2);
        do {
            boolean isNew = t.accept(Keyword.NEW);
            if (!isNew) {
                t.expect(Keyword.OLD);
            }
            boolean isTable = t.accept(Keyword.TABLE);
            if (!isTable) {
                t.expect(Keyword.ROW);
            }
            t.accept(Keyword.AS);
            list.add(new Transition(isNew, isTable, t.colId()));
        } while (t.at(Keyword.NEW) || t.at(Keyword.OLD));
        return List.copyOf(list);
    }

    private boolean forEachRow(boolean constraint) {
        if (constraint) {
            t.expect(Keyword.FOR, Keyword.EACH, Keyword.ROW);
            return true;
        } else if (!t.accept(Keyword.FOR)) {
            return false;
        }
        t.accept(Keyword.EACH);
        boolean row = t.accept(Keyword.ROW);
        if (!row) {
            t.expect(Keyword.STATEMENT);
        }
        return row;
    }

    private Optional<Expression> when() {
        if (!t.accept(Keyword.WHEN)) {
            return Optional.empty();
        }
        t.expect('(');
        Expression condition = g.expressions.expression();
        t.expect(')');
        return Optional.of(condition);
    }

    private List<String> executed() {
        if (!t.accept(Keyword.FUNCTION)) {
            t.expect(Keyword.PROCEDURE);
        }
        return t.functionName();
    }

    private String argument() {
        return switch (t.kind()) {
            case Token.INTEGER -> Integer.toString(t.integer());
            case Token.FLOAT -> {
                String image = t.image();
                t.skip();
                yield image;
            }
            case Token.STRING -> t.string();
            default -> t.colLabel();
        };
    }

    /** EVENT TRIGGER and what follows, behind CREATE. */
    Statement createEvent() {
        t.expect(Keyword.EVENT, Keyword.TRIGGER);
        String name = t.colId();
        t.expect(Keyword.ON);
        String event = t.colLabel();
        List<DefElem> filters = new ArrayList<>(1);
        if (t.accept(Keyword.WHEN)) {
            do {
                int location = t.location();
                String filter = t.colId();
                t.expect(Keyword.IN);
                filters.add(DefElem.of(filter, new DefElem.Value.Texts(t.parenthesized(t::string)), location));
            } while (t.accept(Keyword.AND));
        }
        t.expect(Keyword.EXECUTE);
        List<String> function = executed();
        t.expect('(');
        t.expect(')');
        return new TriggerStatement.CreateEventTrigger(name, event, List.copyOf(filters), function);
    }

    /** ENABLE [REPLICA|ALWAYS] or DISABLE. */
    TriggerState state() {
        if (t.accept(Keyword.DISABLE)) {
            return TriggerState.DISABLED;
        }
        t.expect(Keyword.ENABLE);
        return t.accept(Keyword.REPLICA) ? TriggerState.REPLICA
                : t.accept(Keyword.ALWAYS) ? TriggerState.ALWAYS : TriggerState.ENABLED;
    }

    /** POLICY and what follows, behind CREATE. */
    Statement createPolicy() {
        t.expect(Keyword.POLICY);
        String name = t.colId();
        t.expect(Keyword.ON);
        RangeVar table = g.names.qualifiedName();
        boolean permissive = !t.accept(Keyword.AS) || permissive();
        String command = "all";
        if (t.accept(Keyword.FOR)) {
            command = switch (t.keyword()) {
                case ALL, SELECT, INSERT, UPDATE, DELETE -> t.colLabel();
                default -> throw t.syntaxError();
            };
        }
        int location = t.location();
        List<RoleSpec> roles = t.accept(Keyword.TO)
                ? g.names.roles() : List.of(new RoleSpec(RoleSpec.Kind.PUBLIC, "", location));
        Optional<Expression> using = using();
        return new PolicyStatement.CreatePolicy(name, table, permissive, command, roles, using, withCheck());
    }

    private boolean permissive() {
        int location = t.location();
        if (!t.at(Token.IDENT)) {
            throw t.syntaxError();
        }
        String word = t.colId();
        return switch (word) {
            case "permissive" -> true;
            case "restrictive" -> false;
            default -> throw TokenStream.error("unrecognized row security option \"" + word + "\"", location)
                    .hint("Only PERMISSIVE or RESTRICTIVE policies are supported currently.");
        };
    }

    private Optional<Expression> using() {
        if (!t.accept(Keyword.USING)) {
            return Optional.empty();
        }
        t.expect('(');
        Expression condition = g.expressions.expression();
        t.expect(')');
        return Optional.of(condition);
    }

    private Optional<Expression> withCheck() {
        if (!t.accept(Keyword.WITH)) {
            return Optional.empty();
        }
        t.expect(Keyword.CHECK);
        t.expect('(');
        Expression condition = g.expressions.expression();
        t.expect(')');
        return Optional.of(condition);
    }

    /** POLICY and what follows, behind ALTER. */
    Statement alterPolicy() {
        t.expect(Keyword.POLICY);
        int location = t.location();
        boolean missingOk = t.ifExists();
        if (missingOk || t.keyword(1) == Keyword.ON && renamesPolicy()) {
            return g.alters.renameOnRelation(ObjectKind.POLICY, missingOk, location);
        }
        String name = t.colId();
        t.expect(Keyword.ON);
        RangeVar table = g.names.qualifiedName();
        List<RoleSpec> roles = t.accept(Keyword.TO) ? g.names.roles() : List.of();
        Optional<Expression> using = using();
        return new PolicyStatement.AlterPolicy(name, table, roles, using, withCheck());
    }

    private boolean renamesPolicy() {
        int ahead = 3;
        while (t.kind(ahead) == '.') {
            ahead += 2;
        }
        return t.keyword(ahead) == Keyword.RENAME;
    }
}
