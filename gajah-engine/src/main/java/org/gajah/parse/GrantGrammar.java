package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.GrantStatement;
import org.gajah.ast.GrantStatement.AccessPriv;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.RoleStatement;
import org.gajah.ast.Statement;

/** GRANT, REVOKE, ALTER DEFAULT PRIVILEGES. */
final class GrantGrammar {
    private final Grammar g;
    private final TokenStream t;

    GrantGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Statement grant() {
        t.expect(Keyword.GRANT);
        List<AccessPriv> privileges = privileges();
        if (!t.at(Keyword.ON)) {
            return roles(true, privileges, List.of());
        }
        t.skip();
        Target target = target();
        t.expect(Keyword.TO);
        List<RoleSpec> grantees = grantees();
        boolean option = t.accept(Keyword.WITH, Keyword.GRANT, Keyword.OPTION);
        return new GrantStatement.Grant(true, option, privileges, target.kind(), target.allIn(), target.objects(),
                grantees, grantor(), DropBehavior.RESTRICT);
    }

    Statement revoke() {
        t.expect(Keyword.REVOKE);
        boolean option = t.accept(Keyword.GRANT);
        if (option) {
            t.expect(Keyword.OPTION, Keyword.FOR);
        }
        List<DefElem> roleOptions = List.of();
        if (!option && t.atColId() && t.keyword(1) == Keyword.OPTION && t.keyword(2) == Keyword.FOR) {
            int location = t.location();
            roleOptions = List.of(DefElem.flag(t.colId(), false, location));
            t.skip();
            t.skip();
        }
        List<AccessPriv> privileges = privileges();
        if (!option && !t.at(Keyword.ON)) {
            return roles(false, privileges, roleOptions);
        }
        t.expect(Keyword.ON);
        Target target = target();
        t.expect(Keyword.FROM);
        List<RoleSpec> grantees = grantees();
        Optional<RoleSpec> grantor = grantor();
        return new GrantStatement.Grant(false, option, privileges, target.kind(), target.allIn(), target.objects(),
                grantees, grantor, g.names.dropBehavior());
    }

    private Statement roles(boolean grant, List<AccessPriv> privileges, List<DefElem> revoked) {
        if (privileges.isEmpty()) {
            throw t.syntaxError();
        }
        t.expect(grant ? Keyword.TO : Keyword.FROM);
        List<RoleSpec> grantees = grantees();
        List<DefElem> options = grant && t.accept(Keyword.WITH) ? t.commaList(this::roleOption) : revoked;
        Optional<RoleSpec> grantor = grantor();
        DropBehavior behavior = grant ? DropBehavior.RESTRICT : g.names.dropBehavior();
        List<String> granted = new ArrayList<>(privileges.size());
        for (AccessPriv privilege : privileges) {
            if (privilege.name().isEmpty() || !privilege.columns().isEmpty()) {
                throw new SqlError(SqlState.INVALID_GRANT_OPERATION,
                        "column names cannot be included in GRANT/REVOKE ROLE");
            }
            granted.add(privilege.name().get());
        }
        return new RoleStatement.GrantRole(grant, List.copyOf(granted), grantees, options, grantor, behavior);
    }

    private DefElem roleOption() {
        int location = t.location();
        String name = t.colLabel();
        if (t.accept(Keyword.OPTION) || t.accept(Keyword.TRUE)) {
            return DefElem.flag(name, true, location);
        }
        t.expect(Keyword.FALSE);
        return DefElem.flag(name, false, location);
    }

    private Optional<RoleSpec> grantor() {
        if (!t.accept(Keyword.GRANTED)) {
            return Optional.empty();
        }
        t.expect(Keyword.BY);
        return Optional.of(g.names.role());
    }

    private List<RoleSpec> grantees() {
        return t.commaList(() -> {
            t.accept(Keyword.GROUP);
            return g.names.role();
        });
    }

    /** The privileges; none is ALL. */
    private List<AccessPriv> privileges() {
        if (t.accept(Keyword.ALL)) {
            t.accept(Keyword.PRIVILEGES);
            return t.at('(')
                    ? List.of(new AccessPriv(Optional.empty(), t.parenthesized(t::colId))) : List.of();
        }
        return t.commaList(this::privilege);
    }

    private AccessPriv privilege() {
        if (t.accept(Keyword.ALTER)) {
            t.expect(Keyword.SYSTEM);
            return new AccessPriv(Optional.of("alter system"), List.of());
        }
        String name = switch (t.keyword()) {
            case SELECT, REFERENCES, CREATE -> t.colLabel();
            default -> t.colId();
        };
        return new AccessPriv(Optional.of(name), t.optionalParenthesized(t::colId));
    }

    private record Target(ObjectKind kind, boolean allIn, List<ObjectRef> objects) {
    }

    private Target target() {
        switch (t.keyword()) {
            case ALL -> {
                return allInSchema();
            }
            case TABLE -> {
                t.skip();
                return names(ObjectKind.TABLE);
            }
            case FUNCTION, PROCEDURE, ROUTINE -> {
                ObjectKind kind = g.objects.functionKind();
                return new Target(kind, false, List.copyOf(t.commaList(g.objects::function)));
            }
            case LARGE -> {
                t.skip();
                t.expect(Keyword.OBJECT);
                return new Target(ObjectKind.LARGE_OBJECT, false, t.commaList(g.objects::largeObject));
            }
            case FOREIGN -> {
                t.skip();
                if (t.accept(Keyword.SERVER)) {
                    return names(ObjectKind.SERVER);
                }
                t.expect(Keyword.DATA, Keyword.WRAPPER);
                return names(ObjectKind.FOREIGN_DATA_WRAPPER);
            }
            default -> { }
        }
        // these words may also be the name of a table
        ObjectKind kind = switch (t.keyword()) {
            case SEQUENCE -> ObjectKind.SEQUENCE;
            case DATABASE -> ObjectKind.DATABASE;
            case DOMAIN -> ObjectKind.DOMAIN;
            case LANGUAGE -> ObjectKind.LANGUAGE;
            case PARAMETER -> ObjectKind.PARAMETER;
            case SCHEMA -> ObjectKind.SCHEMA;
            case TABLESPACE -> ObjectKind.TABLESPACE;
            case TYPE -> ObjectKind.TYPE;
            default -> ObjectKind.TABLE;
        };
        if (kind != ObjectKind.TABLE && t.atColId(1)) {
            t.skip();
            return names(kind);
        }
        return names(ObjectKind.TABLE);
    }

    private Target names(ObjectKind kind) {
        return new Target(kind, false, t.commaList(g.objects::named));
    }

    private Target allInSchema() {
        t.expect(Keyword.ALL);
        ObjectKind kind = plural();
        t.expect(Keyword.IN, Keyword.SCHEMA);
        return new Target(kind, true, t.commaList(g.objects::named));
    }

    private ObjectKind plural() {
        ObjectKind kind = switch (t.keyword()) {
            case TABLES -> ObjectKind.TABLE;
            case SEQUENCES -> ObjectKind.SEQUENCE;
            case FUNCTIONS -> ObjectKind.FUNCTION;
            case PROCEDURES -> ObjectKind.PROCEDURE;
            case ROUTINES -> ObjectKind.ROUTINE;
            default -> throw t.syntaxError();
        };
        t.skip();
        return kind;
    }

    /** DEFAULT PRIVILEGES and what follows, behind ALTER. */
    Statement alterDefaultPrivileges() {
        t.expect(Keyword.DEFAULT, Keyword.PRIVILEGES);
        List<RoleSpec> roles = List.of();
        List<String> schemas = List.of();
        while (!t.at(Keyword.GRANT) && !t.at(Keyword.REVOKE)) {
            int location = t.location();
            if (t.accept(Keyword.IN)) {
                t.expect(Keyword.SCHEMA);
                requireOnce(schemas.isEmpty(), location);
                schemas = t.nameList();
            } else {
                t.expect(Keyword.FOR);
                if (!t.accept(Keyword.ROLE)) {
                    t.expect(Keyword.USER);
                }
                requireOnce(roles.isEmpty(), location);
                roles = g.names.roles();
            }
        }
        return new GrantStatement.AlterDefaultPrivileges(roles, schemas, defaultGrant());
    }

    private static void requireOnce(boolean first, int location) {
        if (!first) {
            throw TokenStream.error("conflicting or redundant options", location);
        }
    }

    private GrantStatement.Grant defaultGrant() {
        boolean grant = t.at(Keyword.GRANT);
        t.skip();
        boolean option = !grant && t.accept(Keyword.GRANT, Keyword.OPTION, Keyword.FOR);
        List<AccessPriv> privileges = privileges();
        t.expect(Keyword.ON);
        ObjectKind kind = defaultKind();
        t.expect(grant ? Keyword.TO : Keyword.FROM);
        List<RoleSpec> grantees = grantees();
        if (grant) {
            option = t.accept(Keyword.WITH, Keyword.GRANT, Keyword.OPTION);
        }
        DropBehavior behavior = grant ? DropBehavior.RESTRICT : g.names.dropBehavior();
        return new GrantStatement.Grant(grant, option, privileges, kind, false, List.of(), grantees, Optional.empty(),
                behavior);
    }

    private ObjectKind defaultKind() {
        ObjectKind kind = switch (t.keyword()) {
            case TABLES -> ObjectKind.TABLE;
            case FUNCTIONS, ROUTINES -> ObjectKind.FUNCTION;
            case SEQUENCES -> ObjectKind.SEQUENCE;
            case TYPES -> ObjectKind.TYPE;
            case SCHEMAS -> ObjectKind.SCHEMA;
            case LARGE -> ObjectKind.LARGE_OBJECT;
            default -> throw t.syntaxError();
        };
        t.skip();
        if (kind == ObjectKind.LARGE_OBJECT) {
            t.expect(Keyword.OBJECTS);
        }
        return kind;
    }
}
