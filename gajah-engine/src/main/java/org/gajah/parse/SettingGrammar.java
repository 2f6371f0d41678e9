package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import org.gajah.ast.AConst;
import org.gajah.ast.DefElem;
import org.gajah.ast.SettingStatement;
import org.gajah.ast.SettingStatement.DiscardTarget;
import org.gajah.ast.SettingStatement.SettingValue;
import org.gajah.ast.Statement;
import org.gajah.ast.TypeName;

/** SET, SHOW, RESET, ALTER SYSTEM, DISCARD. */
final class SettingGrammar {
    private final Grammar g;
    private final TokenStream t;

    SettingGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** SET as a statement of its own. */
    Statement set() {
        if (t.at(Keyword.SET, Keyword.CONSTRAINTS) && !isName(1)) {
            return g.transactions.setConstraints();
        }
        t.expect(Keyword.SET);
        boolean local = false;
        if (t.at(Keyword.LOCAL) && !isName(0)) {
            t.skip();
            local = true;
        } else if (t.at(Keyword.SESSION) && !isName(0) && t.keyword(1) != Keyword.CHARACTERISTICS
                && t.keyword(1) != Keyword.AUTHORIZATION) {
            t.skip();
        }
        return setRest(local);
    }

    /** Whether the word {@code ahead} is a setting's name rather than a word of the syntax. */
    private boolean isName(int ahead) {
        return t.kind(ahead + 1) == '=' || t.keyword(ahead + 1) == Keyword.TO || t.kind(ahead + 1) == '.'
                || t.keyword(ahead + 1) == Keyword.FROM && t.keyword(ahead + 2) == Keyword.CURRENT;
    }

    /** What follows SET. */
    private SettingStatement setRest(boolean local) {
        if (t.at(Keyword.TRANSACTION) && !isName(0) && t.keyword(1) != Keyword.SNAPSHOT) {
            t.skip();
            return new SettingStatement.SetTransaction(false, g.transactions.modes());
        } else if (t.at(Keyword.SESSION, Keyword.CHARACTERISTICS)) {
            t.skip();
            t.skip();
            t.expect(Keyword.AS, Keyword.TRANSACTION);
            return new SettingStatement.SetTransaction(true, g.transactions.modes());
        }
        return setRestMore(local);
    }

    private SettingStatement setRestMore(boolean local) {
        int location = t.location();
        if (isName(0)) {
            return genericOrCurrent(local, location);
        }
        switch (t.keyword()) {
            case TIME -> {
                if (t.accept(Keyword.TIME, Keyword.ZONE)) {
                    return timeZone(local, location);
                }
            }
            case CATALOG -> {
                t.skip();
                int nameAt = t.location();
                t.string();
                throw ExpressionGrammar.notYet("current database cannot be changed", nameAt);
            }
            case SCHEMA -> {
                t.skip();
                return text("search_path", t.string(), local, location);
            }
            case NAMES -> {
                t.skip();
                if (t.at(Token.STRING)) {
                    return text("client_encoding", t.string(), local, location);
                }
                t.accept(Keyword.DEFAULT);
                return new SettingStatement.SetDefault("client_encoding", local, location);
            }
            case ROLE -> {
                t.skip();
                return text("role", t.wordOrString(), local, location);
            }
            case SESSION -> {
                t.skip();
                t.expect(Keyword.AUTHORIZATION);
                return t.accept(Keyword.DEFAULT)
                        ? new SettingStatement.SetDefault("session_authorization", local, location)
                        : text("session_authorization", t.wordOrString(), local, location);
            }
            case XML -> {
                t.skip();
                t.expect(Keyword.OPTION);
                boolean document = t.accept(Keyword.DOCUMENT);
                if (!document) {
                    t.expect(Keyword.CONTENT);
                }
                return text("xmloption", document ? "DOCUMENT" : "CONTENT", local, location);
            }
            case TRANSACTION -> {
                t.skip();
                t.expect(Keyword.SNAPSHOT);
                return new SettingStatement.SetTransactionSnapshot(t.string());
            }
            default -> { }
        }
        return genericOrCurrent(local, location);
    }

    private SettingStatement genericOrCurrent(boolean local, int location) {
        String name = name();
        if (t.accept(Keyword.FROM)) {
            t.expect(Keyword.CURRENT);
            return new SettingStatement.SetCurrent(name, location);
        }
        return assigned(name, local, location);
    }

    private static SettingStatement text(String name, String value, boolean local, int location) {
        return new SettingStatement.Set(name, List.of(new SettingValue.Text(value)), local, location);
    }

    private SettingStatement assigned(String name, boolean local, int location) {
        if (!t.accept('=')) {
            t.expect(Keyword.TO);
        }
        if (t.accept(Keyword.DEFAULT)) {
            return new SettingStatement.SetDefault(name, local, location);
        }
        return new SettingStatement.Set(name, t.commaList(this::value), local, location);
    }

    private String name() {
        return String.join(".", dotted());
    }

    private List<String> dotted() {
        List<String> names = new ArrayList<>(1);
        do {
            names.add(t.colId());
        } while (t.accept('.'));
        return names;
    }

    private SettingValue value() {
        if (g.options.atNumber()) {
            DefElem.Value.Number number = g.options.number();
            return new SettingValue.Number(number.value(), number.isInteger());
        }
        return new SettingValue.Text(g.options.booleanOrString());
    }

    private SettingStatement timeZone(boolean local, int location) {
        if (t.accept(Keyword.DEFAULT) || t.accept(Keyword.LOCAL)) {
            return new SettingStatement.SetDefault("timezone", local, location);
        }
        SettingValue zone;
        if (t.at(Keyword.INTERVAL)) {
            zone = intervalZone();
        } else if (g.options.atNumber()) {
            zone = value();
        } else {
            zone = new SettingValue.Text(t.at(Token.IDENT) ? t.colId() : t.string());
        }
        return new SettingStatement.Set("timezone", List.of(zone), local, location);
    }

    private SettingValue intervalZone() {
        int location = t.location();
        t.expect(Keyword.INTERVAL);
        if (t.at('(')) {
            TypeName type = g.types.interval(location);
            return new SettingValue.Interval(t.string(), type);
        }
        String text = t.string();
        int fieldsAt = t.location();
        TypeName type = g.types.intervalQualified(location);
        if (!type.modifiers().isEmpty()) {
            int fields = type.modifiers().getFirst() instanceof AConst.Int mask ? mask.value() : 0;
            if ((fields & ~(1 << 10 | 1 << 11)) != 0) {
                throw TokenStream.error("time zone interval must be HOUR or HOUR TO MINUTE", fieldsAt);
            }
        }
        return new SettingValue.Interval(text, type);
    }

    /** SET or RESET in ALTER DATABASE and ALTER ROLE. */
    SettingStatement setOrReset() {
        if (t.at(Keyword.RESET)) {
            return reset();
        }
        t.expect(Keyword.SET);
        return setRest(false);
    }

    /** SET or RESET in CREATE and ALTER FUNCTION. */
    SettingStatement functionSetting() {
        if (t.at(Keyword.RESET)) {
            return reset();
        }
        t.expect(Keyword.SET);
        return setRestMore(false);
    }

    SettingStatement reset() {
        t.expect(Keyword.RESET);
        int location = t.location();
        if (t.accept(Keyword.ALL)) {
            return new SettingStatement.ResetAll(location);
        }
        return new SettingStatement.Reset(shownName(), location);
    }

    Statement show() {
        t.expect(Keyword.SHOW);
        return new SettingStatement.Show(t.accept(Keyword.ALL) ? "all" : shownName());
    }

    private String shownName() {
        if (t.accept(Keyword.TIME, Keyword.ZONE)) {
            return "timezone";
        } else if (t.accept(Keyword.TRANSACTION, Keyword.ISOLATION)) {
            t.expect(Keyword.LEVEL);
            return "transaction_isolation";
        } else if (t.accept(Keyword.SESSION, Keyword.AUTHORIZATION)) {
            return "session_authorization";
        }
        return name();
    }

    /** SYSTEM and what follows it, behind ALTER. */
    Statement alterSystem() {
        t.expect(Keyword.SYSTEM);
        int location = t.location(1);
        if (t.accept(Keyword.RESET)) {
            SettingStatement reset = t.accept(Keyword.ALL)
                    ? new SettingStatement.ResetAll(location) : new SettingStatement.Reset(name(), location);
            return new SettingStatement.AlterSystem(reset);
        }
        t.expect(Keyword.SET);
        return new SettingStatement.AlterSystem(assigned(name(), false, location));
    }

    Statement discard() {
        t.expect(Keyword.DISCARD);
        DiscardTarget target = switch (t.keyword()) {
            case ALL -> DiscardTarget.ALL;
            case TEMP, TEMPORARY -> DiscardTarget.TEMP;
            case PLANS -> DiscardTarget.PLANS;
            case SEQUENCES -> DiscardTarget.SEQUENCES;
            default -> throw t.syntaxError();
        };
        t.skip();
        return new SettingStatement.Discard(target);
    }
}
