package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.ast.Constraint;
import org.gajah.ast.Constraint.ActionKind;
import org.gajah.ast.Constraint.Attributes;
import org.gajah.ast.Constraint.Match;
import org.gajah.ast.Constraint.ReferentialAction;
import org.gajah.ast.DefElem;
import org.gajah.ast.Expression;
import org.gajah.ast.IndexElem;
import org.gajah.ast.RangeVar;

/** Constraints of tables and domains, and what column constraints share with them. */
final class ConstraintGrammar {
    private final Grammar g;
    private final TokenStream t;

    ConstraintGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** Whether a table constraint starts here. */
    boolean atTableConstraint() {
        return switch (t.keyword()) {
            case CONSTRAINT, CHECK, NOT, UNIQUE, PRIMARY, FOREIGN -> true;
            case EXCLUDE -> t.kind(1) == '(' || t.keyword(1) == Keyword.USING;
            default -> false;
        };
    }

    /** CONSTRAINT name, if it is there. */
    Optional<String> name() {
        return t.after(Keyword.CONSTRAINT, t::colId);
    }

    /** A table constraint. */
    Constraint tableConstraint() {
        int location = t.location();
        Optional<String> name = name();
        int at = name.isPresent() ? location : t.location();
        Keyword word = t.keyword();
        t.skip();
        return switch (word) {
            case CHECK -> check(name, at);
            case NOT -> {
                t.expect(Keyword.NULL);
                String column = t.colId();
                yield new Constraint.NotNull(name, Optional.of(column), attributes("NOT NULL"), at);
            }
            case UNIQUE -> key(name, false, at);
            case PRIMARY -> {
                t.expect(Keyword.KEY);
                yield key(name, true, at);
            }
            case EXCLUDE -> exclusion(name, at);
            case FOREIGN -> {
                t.expect(Keyword.KEY);
                yield foreignKey(name, at);
            }
            default -> throw t.syntaxError(-1);
        };
    }

    /** A constraint of a domain in ALTER DOMAIN ADD. */
    Constraint domainConstraint() {
        int location = t.location();
        Optional<String> name = name();
        if (t.accept(Keyword.NOT)) {
            t.expect(Keyword.NULL);
            return new Constraint.NotNull(name, Optional.empty(), attributes("NOT NULL"), location);
        }
        t.expect(Keyword.CHECK);
        return check(name, location);
    }

    private Constraint check(Optional<String> name, int location) {
        t.expect('(');
        Expression expression = g.expressions.expression();
        t.expect(')');
        return new Constraint.Check(name, expression, attributes("CHECK"), location);
    }

    private Constraint key(Optional<String> name, boolean primary, int location) {
        String what = primary ? "PRIMARY KEY" : "UNIQUE";
        if (t.accept(Keyword.USING)) {
            t.expect(Keyword.INDEX);
            String index = t.colId();
            return new Constraint.Key(name, primary, false, List.of(), false, List.of(), List.of(), Optional.empty(),
                    Optional.of(index), attributes(what), location);
        }
        boolean nullsNotDistinct = !primary && g.indexes.nullsNotDistinct();
        t.expect('(');
        List<String> columns = t.nameList();
        boolean withoutOverlaps = t.accept(Keyword.WITHOUT);
        if (withoutOverlaps) {
            t.expect(Keyword.OVERLAPS);
        }
        t.expect(')');
        List<String> including = including();
        List<DefElem> options = g.options.withDefinition();
        Optional<String> tablespace = indexTablespace();
        return new Constraint.Key(name, primary, nullsNotDistinct, columns, withoutOverlaps, including, options,
                tablespace, Optional.empty(), attributes(what), location);
    }

    private List<String> including() {
        return t.accept(Keyword.INCLUDE) ? t.parenthesized(t::colId) : List.of();
    }

    /** USING INDEX TABLESPACE name, if it is there. */
    Optional<String> indexTablespace() {
        return t.accept(Keyword.USING, Keyword.INDEX, Keyword.TABLESPACE)
                ? Optional.of(t.colId()) : Optional.empty();
    }

    private Constraint exclusion(Optional<String> name, int location) {
        String method = t.accept(Keyword.USING) ? t.colId() : "btree";
        List<Constraint.ExclusionElement> elements = t.parenthesized(() -> {
            IndexElem element = g.indexes.element();
            t.expect(Keyword.WITH);
            return new Constraint.ExclusionElement(element,
                    t.at(Keyword.OPERATOR) ? g.names.operator() : g.names.anyOperator());
        });
        List<String> including = including();
        List<DefElem> options = g.options.withDefinition();
        Optional<String> tablespace = indexTablespace();
        Optional<Expression> where = Optional.empty();
        if (t.accept(Keyword.WHERE)) {
            t.expect('(');
            where = Optional.of(g.expressions.expression());
            t.expect(')');
        }
        return new Constraint.Exclusion(name, method, elements, including, options, tablespace, where,
                attributes("EXCLUDE"), location);
    }

    private Constraint foreignKey(Optional<String> name, int location) {
        t.expect('(');
        List<String> columns = new ArrayList<>(2);
        boolean period = columnsAndPeriod(columns);
        t.expect(')');
        References to = references();
        return new Constraint.ForeignKey(name, List.copyOf(columns), period, to.relation(), to.columns(), to.period(),
                to.match(), to.onUpdate(), to.onDelete(), attributes("FOREIGN KEY"), location);
    }

    private boolean columnsAndPeriod(List<String> columns) {
        do {
            if (!columns.isEmpty() && t.accept(Keyword.PERIOD)) {
                columns.add(t.colId());
                return true;
            }
            columns.add(t.colId());
        } while (t.accept(','));
        return false;
    }

    /** What follows REFERENCES. */
    record References(RangeVar relation, List<String> columns, boolean period, Match match,
            ReferentialAction onUpdate, ReferentialAction onDelete) {
    }

    /** REFERENCES and what follows it. */
    References references() {
        t.expect(Keyword.REFERENCES);
        RangeVar relation = g.names.qualifiedName();
        List<String> columns = new ArrayList<>(2);
        boolean period = false;
        if (t.accept('(')) {
            period = columnsAndPeriod(columns);
            t.expect(')');
        }
        Match match = match();
        ReferentialAction onUpdate = ReferentialAction.NO_ACTION;
        ReferentialAction onDelete = ReferentialAction.NO_ACTION;
        boolean updateSeen = false;
        boolean deleteSeen = false;
        while (t.at(Keyword.ON)) {
            if (!updateSeen && t.keyword(1) == Keyword.UPDATE) {
                updateSeen = true;
                onUpdate = action(true);
            } else if (!deleteSeen && t.keyword(1) == Keyword.DELETE) {
                deleteSeen = true;
                onDelete = action(false);
            } else {
                throw t.syntaxError(updateSeen && deleteSeen ? 0 : 1);
            }
        }
        return new References(relation, List.copyOf(columns), period, match, onUpdate, onDelete);
    }

    private Match match() {
        int location = t.location();
        if (!t.accept(Keyword.MATCH)) {
            return Match.SIMPLE;
        } else if (t.accept(Keyword.FULL)) {
            return Match.FULL;
        } else if (t.accept(Keyword.PARTIAL)) {
            throw ExpressionGrammar.notYet("MATCH PARTIAL not yet implemented", location);
        }
        t.expect(Keyword.SIMPLE);
        return Match.SIMPLE;
    }

    private ReferentialAction action(boolean update) {
        int location = t.location();
        t.skip();
        t.skip();
        if (t.accept(Keyword.NO)) {
            t.expect(Keyword.ACTION);
            return ReferentialAction.NO_ACTION;
        } else if (t.accept(Keyword.RESTRICT)) {
            return new ReferentialAction(ActionKind.RESTRICT, List.of());
        } else if (t.accept(Keyword.CASCADE)) {
            return new ReferentialAction(ActionKind.CASCADE, List.of());
        }
        t.expect(Keyword.SET);
        boolean toNull = t.accept(Keyword.NULL);
        if (!toNull) {
            t.expect(Keyword.DEFAULT);
        }
        List<String> columns = t.optionalParenthesized(t::colId);
        if (update && !columns.isEmpty()) {
            throw ExpressionGrammar.notYet("a column list with " + (toNull ? "SET NULL" : "SET DEFAULT")
                    + " is only supported for ON DELETE actions", location);
        }
        return new ReferentialAction(toNull ? ActionKind.SET_NULL : ActionKind.SET_DEFAULT, columns);
    }

    // ---- attributes behind a table constraint

    private Attributes attributes(String what) {
        AttributeReader reader = new AttributeReader(what);
        while (reader.readOne()) {
            continue;
        }
        return reader.result();
    }

    /** Reads DEFERRABLE and its kin, in any order, without contradictions, and only what the constraint can have. */
    final class AttributeReader {
        private final String what;
        Optional<Boolean> deferrable = Optional.empty();
        Optional<Boolean> initiallyDeferred = Optional.empty();
        Optional<Boolean> enforced = Optional.empty();
        boolean notValid;
        boolean noInherit;

        AttributeReader(String what) {
            this.what = what;
        }

        boolean readOne() {
            int location = t.location();
            if (t.accept(Keyword.NOT, Keyword.DEFERRABLE)) {
                deferrable = once(deferrable, false, location);
            } else if (t.accept(Keyword.DEFERRABLE)) {
                deferrable = once(deferrable, true, location);
                require(isKey() || isForeign(), "DEFERRABLE", location);
            } else if (t.accept(Keyword.INITIALLY)) {
                boolean deferred = t.accept(Keyword.DEFERRED);
                if (!deferred) {
                    t.expect(Keyword.IMMEDIATE);
                }
                initiallyDeferred = once(initiallyDeferred, deferred, location);
                require(!deferred || isKey() || isForeign(), "DEFERRABLE", location);
            } else if (t.accept(Keyword.NOT, Keyword.VALID)) {
                notValid = true;
                require(!isKey(), "NOT VALID", location);
            } else if (t.accept(Keyword.NO, Keyword.INHERIT)) {
                noInherit = true;
                require(!isKey() && !isForeign(), "NO INHERIT", location);
            } else if (t.accept(Keyword.NOT, Keyword.ENFORCED)) {
                enforced = once(enforced, false, location);
                notValid = true;
                require(isForeign() || what.equals("CHECK"), "NOT ENFORCED", location);
            } else if (t.accept(Keyword.ENFORCED)) {
                enforced = once(enforced, true, location);
                require(isForeign() || what.equals("CHECK"), "ENFORCED", location);
            } else if (t.accept(Keyword.NOT) || t.accept(Keyword.NO)) {
                throw t.syntaxError();
            } else {
                return false;
            }
            if (deferrable.equals(Optional.of(false)) && initiallyDeferred.equals(Optional.of(true))) {
                throw TokenStream.error("constraint declared INITIALLY DEFERRED must be DEFERRABLE", location);
            }
            return true;
        }

        private boolean isForeign() {
            return what.equals("FOREIGN KEY");
        }

        private boolean isKey() {
            return what.equals("UNIQUE") || what.equals("PRIMARY KEY") || what.equals("EXCLUDE");
        }

        private Optional<Boolean> once(Optional<Boolean> before, boolean value, int location) {
            if (before.isPresent() && before.get() != value) {
                throw TokenStream.error("conflicting constraint properties", location);
            }
            return Optional.of(value);
        }

        private void require(boolean allowed, String attribute, int location) {
            if (!allowed) {
                throw cannot(what, attribute, location);
            }
        }

        Attributes result() {
            boolean deferred = initiallyDeferred.orElse(false);
            return new Attributes(deferrable.orElse(deferred), deferred, enforced.orElse(true), notValid, noInherit);
        }
    }

    private static SqlError cannot(String what, String attribute, int location) {
        return ExpressionGrammar.notYet(what + " constraints cannot be marked " + attribute, location);
    }
}
