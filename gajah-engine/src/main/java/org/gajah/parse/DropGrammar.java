package org.gajah.parse;

import java.util.List;
import org.gajah.ast.DatabaseStatement;
import org.gajah.ast.DefElem;
import org.gajah.ast.ForeignStatement;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement;
import org.gajah.ast.Statement;

/** DROP. */
final class DropGrammar {
    private final Grammar g;
    private final TokenStream t;

    DropGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Statement drop() {
        t.expect(Keyword.DROP);
        return switch (t.keyword()) {
            case ROLE, GROUP -> g.roles.drop();
            case USER -> t.at(Keyword.USER, Keyword.MAPPING) ? userMapping() : g.roles.drop();
            case ROUTINE -> g.foreign.atDropRoutineMapping() ? g.foreign.dropRoutineMapping() : object();
            case OWNED -> g.roles.dropOwned();
            case DATABASE -> database();
            case TABLESPACE -> tablespace();
            case SUBSCRIPTION, COLUMN, CONSTRAINT, LARGE -> otherwise();
            default -> object();
        };
    }

    private Statement otherwise() {
        if (!t.at(Keyword.SUBSCRIPTION)) {
            throw t.syntaxError();
        }
        return object();
    }

    private Statement object() {
        ObjectKind kind = g.objects.kind();
        boolean concurrently = kind == ObjectKind.INDEX && t.accept(Keyword.CONCURRENTLY);
        boolean missingOk = t.ifExists();
        List<ObjectRef> objects = switch (kind) {
            case POLICY, RULE, TRIGGER, CAST, TRANSFORM, OPERATOR_CLASS, OPERATOR_FAMILY, SUBSCRIPTION ->
                    List.of(g.objects.reference(kind));
            default -> t.commaList(() -> g.objects.reference(kind));
        };
        return new ObjectStatement.Drop(kind, objects, missingOk, g.names.dropBehavior(), concurrently);
    }

    private Statement database() {
        t.expect(Keyword.DATABASE);
        boolean missingOk = t.ifExists();
        String name = t.colId();
        List<DefElem> options = List.of();
        boolean with = t.accept(Keyword.WITH);
        if (with || t.at('(')) {
            options = t.parenthesized(() -> {
                int location = t.location();
                t.expect(Keyword.FORCE);
                return DefElem.of("force", location);
            });
        }
        return new DatabaseStatement.DropDatabase(name, missingOk, options);
    }

    private Statement tablespace() {
        t.expect(Keyword.TABLESPACE);
        boolean missingOk = t.ifExists();
        return new DatabaseStatement.DropTablespace(t.colId(), missingOk);
    }

    private Statement userMapping() {
        t.expect(Keyword.USER, Keyword.MAPPING);
        boolean missingOk = t.accept(Keyword.IF);
        if (missingOk) {
            t.expect(Keyword.EXISTS);
        }
        t.expect(Keyword.FOR);
        var user = g.foreign.mappedUser();
        t.expect(Keyword.SERVER);
        return new ForeignStatement.DropUserMapping(user, t.colId(), missingOk);
    }
}
