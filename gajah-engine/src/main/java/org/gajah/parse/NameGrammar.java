package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.RangeVar;
import org.gajah.ast.RoleSpec;

/** Names of relations, operators and roles. */
final class NameGrammar {
    private final TokenStream t;

    NameGrammar(Grammar g) {
        t = g.tokens;
    }

    /** An operator's name: the symbol, or OPERATOR(schema.symbol). */
    List<String> operator() {
        if (t.accept(Keyword.OPERATOR)) {
            t.expect('(');
            List<String> name = anyOperator();
            t.expect(')');
            return name;
        }
        return List.of(symbol());
    }

    /** An operator's name, maybe qualified, without OPERATOR(). */
    List<String> anyOperator() {
        if (!t.atColId()) {
            return List.of(symbol());
        }
        List<String> name = new ArrayList<>(2);
        while (t.atColId()) {
            name.add(t.colId());
            t.expect('.');
        }
        name.add(symbol());
        return List.copyOf(name);
    }

    private String symbol() {
        String symbol = switch (t.kind()) {
            case '+' -> "+";
            case '-' -> "-";
            case '*' -> "*";
            case '/' -> "/";
            case '%' -> "%";
            case '^' -> "^";
            case '<' -> "<";
            case '>' -> ">";
            case '=' -> "=";
            case Token.LESS_EQUALS -> "<=";
            case Token.GREATER_EQUALS -> ">=";
            case Token.NOT_EQUALS -> "<>";
            case Token.OPERATOR -> t.image();
            default -> throw t.syntaxError();
        };
        t.skip();
        return symbol;
    }

    boolean atSymbol() {
        return switch (t.kind()) {
            case '+', '-', '*', '/', '%', '^', '<', '>', '=', Token.LESS_EQUALS, Token.GREATER_EQUALS,
                 Token.NOT_EQUALS, Token.OPERATOR -> true;
            default -> false;
        };
    }

    /** A relation's name without ONLY, star or alias. */
    RangeVar qualifiedName() {
        int location = t.location();
        return rangeVar(t.anyName(), true, location);
    }

    /** A relation that may be ONLY name, ONLY (name), name or name *. */
    RangeVar relation() {
        if (t.accept(Keyword.ONLY)) {
            boolean parentheses = t.accept('(');
            int location = t.location();
            RangeVar relation = rangeVar(t.anyName(), false, location);
            if (parentheses) {
                t.expect(')');
            }
            return relation;
        }
        RangeVar relation = qualifiedName();
        t.accept('*');
        return relation;
    }

    List<RangeVar> relations() {
        return t.commaList(this::relation);
    }

    /** A name's parts as a relation. */
    static RangeVar rangeVar(List<String> names, boolean inherit, int location) {
        return switch (names.size()) {
            case 1 -> new RangeVar(Optional.empty(), Optional.empty(), names.getFirst(), inherit, Optional.empty(),
                    location);
            case 2 -> new RangeVar(Optional.empty(), Optional.of(names.getFirst()), names.getLast(), inherit,
                    Optional.empty(), location);
            case 3 -> new RangeVar(Optional.of(names.getFirst()), Optional.of(names.get(1)), names.getLast(), inherit,
                    Optional.empty(), location);
            default -> throw TokenStream.error("improper qualified name (too many dotted names): "
                    + String.join(".", names), location);
        };
    }

    /** A role, by name or by one of the words for one. */
    RoleSpec role() {
        int location = t.location();
        RoleSpec.Kind word = switch (t.keyword()) {
            case CURRENT_ROLE -> RoleSpec.Kind.CURRENT_ROLE;
            case CURRENT_USER -> RoleSpec.Kind.CURRENT_USER;
            case SESSION_USER -> RoleSpec.Kind.SESSION_USER;
            default -> RoleSpec.Kind.NAME;
        };
        if (word != RoleSpec.Kind.NAME) {
            t.skip();
            return new RoleSpec(word, "", location);
        }
        String name = t.nonReservedWord();
        if (name.equals("public")) {
            return new RoleSpec(RoleSpec.Kind.PUBLIC, "", location);
        } else if (name.equals("none")) {
            throw new SqlError(SqlState.RESERVED_NAME, "role name \"none\" is reserved").at(location);
        }
        return new RoleSpec(RoleSpec.Kind.NAME, name, location);
    }

    List<RoleSpec> roles() {
        return t.commaList(this::role);
    }

    /** A role that has to be given by name. */
    String roleId() {
        RoleSpec role = role();
        return switch (role.kind()) {
            case NAME -> role.name();
            case PUBLIC -> throw new SqlError(SqlState.RESERVED_NAME, "role name \"public\" is reserved")
                    .at(role.location());
            case SESSION_USER -> throw notHere("SESSION_USER", role);
            case CURRENT_USER -> throw notHere("CURRENT_USER", role);
            case CURRENT_ROLE -> throw notHere("CURRENT_ROLE", role);
        };
    }

    private static SqlError notHere(String word, RoleSpec role) {
        return new SqlError(SqlState.RESERVED_NAME, word + " cannot be used as a role name here").at(role.location());
    }

    /** CASCADE, RESTRICT or nothing. */
    DropBehavior dropBehavior() {
        if (t.accept(Keyword.CASCADE)) {
            return DropBehavior.CASCADE;
        }
        t.accept(Keyword.RESTRICT);
        return DropBehavior.RESTRICT;
    }
}
