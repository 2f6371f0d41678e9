package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.DefElem;
import org.gajah.ast.DefElem.Value;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.RoleStatement;
import org.gajah.ast.RoleStatement.RoleKind;
import org.gajah.ast.Statement;

/** CREATE, ALTER and DROP ROLE, USER and GROUP; REASSIGN and DROP OWNED. */
final class RoleGrammar {
    private final Grammar g;
    private final TokenStream t;

    RoleGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** ROLE, USER or GROUP and what follows, behind CREATE. */
    Statement create() {
        int location = t.location();
        RoleKind kind = kind();
        String name = g.names.roleId();
        t.accept(Keyword.WITH);
        return new RoleStatement.CreateRole(kind, name, options(true), location);
    }

    private RoleKind kind() {
        RoleKind kind = t.at(Keyword.USER) ? RoleKind.USER : t.at(Keyword.GROUP) ? RoleKind.GROUP : RoleKind.ROLE;
        t.skip();
        return kind;
    }

    private List<DefElem> options(boolean create) {
        List<DefElem> options = new ArrayList<>(2);
        while (!t.atEnd()) {
            options.add(option(create));
        }
        return List.copyOf(options);
    }

    private DefElem option(boolean create) {
        int location = t.location();
        Keyword word = t.keyword();
        switch (word) {
            case PASSWORD, ENCRYPTED -> {
                t.skip();
                return password(word, location);
            }
            case UNENCRYPTED -> {
                t.skip();
                t.expect(Keyword.PASSWORD);
                t.string();
                throw ExpressionGrammar.notYet("UNENCRYPTED PASSWORD is no longer supported", location)
                        .hint("Remove UNENCRYPTED to store the password in encrypted form instead.");
            }
            case INHERIT -> {
                t.skip();
                return DefElem.flag("inherit", true, location);
            }
            case CONNECTION -> {
                t.skip();
                t.expect(Keyword.LIMIT);
                return DefElem.of("connectionlimit",
                        new Value.Number(Integer.toString(t.signedInteger()), true), location);
            }
            case VALID -> {
                t.skip();
                t.expect(Keyword.UNTIL);
                return DefElem.of("validUntil", new Value.Text(t.string()), location);
            }
            case USER -> {
                t.skip();
                return DefElem.of("rolemembers", new Value.Roles(g.names.roles()), location);
            }
            case SYSID, ADMIN, ROLE, IN -> {
                if (create) {
                    return createOption(word, location);
                }
            }
            default -> { }
        }
        if (!t.at(Token.IDENT)) {
            throw t.syntaxError();
        }
        return flag(t.colId(), location);
    }

    private DefElem password(Keyword word, int location) {
        if (word == Keyword.ENCRYPTED) {
            t.expect(Keyword.PASSWORD);
        } else if (t.accept(Keyword.NULL)) {
            return DefElem.of("password", location);
        }
        return DefElem.of("password", new Value.Text(t.string()), location);
    }

    private DefElem createOption(Keyword word, int location) {
        t.skip();
        switch (word) {
            case SYSID -> {
                return DefElem.of("sysid", new Value.Number(Integer.toString(t.integer()), true), location);
            }
            case ADMIN -> {
                return DefElem.of("adminmembers", new Value.Roles(g.names.roles()), location);
            }
            case ROLE -> {
                return DefElem.of("rolemembers", new Value.Roles(g.names.roles()), location);
            }
            default -> {
                if (!t.accept(Keyword.ROLE)) {
                    t.expect(Keyword.GROUP);
                }
                return DefElem.of("addroleto", new Value.Roles(g.names.roles()), location);
            }
        }
    }

    private static DefElem flag(String word, int location) {
        return switch (word) {
            case "superuser" -> DefElem.flag("superuser", true, location);
            case "nosuperuser" -> DefElem.flag("superuser", false, location);
            case "createrole" -> DefElem.flag("createrole", true, location);
            case "nocreaterole" -> DefElem.flag("createrole", false, location);
            case "replication" -> DefElem.flag("isreplication", true, location);
            case "noreplication" -> DefElem.flag("isreplication", false, location);
            case "createdb" -> DefElem.flag("createdb", true, location);
            case "nocreatedb" -> DefElem.flag("createdb", false, location);
            case "login" -> DefElem.flag("canlogin", true, location);
            case "nologin" -> DefElem.flag("canlogin", false, location);
            case "bypassrls" -> DefElem.flag("bypassrls", true, location);
            case "nobypassrls" -> DefElem.flag("bypassrls", false, location);
            case "noinherit" -> DefElem.flag("inherit", false, location);
            default -> throw TokenStream.error("unrecognized role option \"" + word + "\"", location);
        };
    }

    /** ROLE, USER or GROUP and what follows, behind ALTER. */
    Statement alter() {
        RoleKind kind = kind();
        if (kind != RoleKind.GROUP && t.accept(Keyword.ALL)) {
            return roleSet(Optional.empty());
        }
        RoleSpec role = g.names.role();
        if (t.accept(Keyword.RENAME)) {
            t.expect(Keyword.TO);
            return new ObjectStatement.Rename(ObjectKind.ROLE, ObjectKind.ROLE, new ObjectRef.OfRole(role,
                    role.location()), g.names.roleId(), false, true, DropBehavior.RESTRICT);
        } else if (kind == RoleKind.GROUP) {
            boolean add = t.accept(Keyword.ADD);
            if (!add) {
                t.expect(Keyword.DROP);
            }
            int location = t.location();
            t.expect(Keyword.USER);
            DefElem members = DefElem.of("rolemembers", new Value.Roles(g.names.roles()), location);
            return new RoleStatement.AlterRole(role, add, List.of(members));
        }
        if (t.at(Keyword.SET) || t.at(Keyword.RESET) || t.at(Keyword.IN, Keyword.DATABASE)) {
            return roleSet(Optional.of(role));
        }
        t.accept(Keyword.WITH);
        return new RoleStatement.AlterRole(role, true, options(false));
    }

    private Statement roleSet(Optional<RoleSpec> role) {
        Optional<String> database = Optional.empty();
        if (t.accept(Keyword.IN)) {
            t.expect(Keyword.DATABASE);
            database = Optional.of(t.colId());
        }
        return new RoleStatement.AlterRoleSet(role, database, g.settings.setOrReset());
    }

    /** ROLE, USER or GROUP and what follows, behind DROP. */
    Statement drop() {
        t.skip();
        boolean missingOk = t.ifExists();
        return new RoleStatement.DropRole(g.names.roles(), missingOk);
    }

    /** OWNED BY roles, behind DROP. */
    Statement dropOwned() {
        t.expect(Keyword.OWNED, Keyword.BY);
        List<RoleSpec> roles = g.names.roles();
        return new RoleStatement.DropOwned(roles, g.names.dropBehavior());
    }

    Statement reassignOwned() {
        t.expect(Keyword.REASSIGN, Keyword.OWNED, Keyword.BY);
        List<RoleSpec> roles = g.names.roles();
        t.expect(Keyword.TO);
        return new RoleStatement.ReassignOwned(roles, g.names.role());
    }
}
