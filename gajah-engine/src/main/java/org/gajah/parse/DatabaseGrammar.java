package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.DatabaseStatement;
import org.gajah.ast.DefElem;
import org.gajah.ast.DefElem.Value;
import org.gajah.ast.ExtensionStatement;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.SchemaStatement;
import org.gajah.ast.Statement;

/** Databases, tablespaces, schemas and extensions. */
final class DatabaseGrammar {
    private final Grammar g;
    private final TokenStream t;

    DatabaseGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** DATABASE and what follows, behind CREATE. */
    Statement create() {
        t.expect(Keyword.DATABASE);
        String name = t.colId();
        t.accept(Keyword.WITH);
        return new DatabaseStatement.CreateDatabase(name, options());
    }

    private List<DefElem> options() {
        List<DefElem> options = new ArrayList<>(2);
        while (!t.atEnd()) {
            int location = t.location();
            String name = optionName();
            t.accept('=');
            if (t.accept(Keyword.DEFAULT)) {
                options.add(DefElem.of(name, location));
            } else if (g.options.atNumber()) {
                options.add(DefElem.of(name, g.options.number(), location));
            } else {
                options.add(DefElem.of(name, new Value.Text(g.options.booleanOrString()), location));
            }
        }
        return List.copyOf(options);
    }

    private String optionName() {
        if (t.accept(Keyword.CONNECTION)) {
            t.expect(Keyword.LIMIT);
            return "connection_limit";
        }
        return switch (t.keyword()) {
            case ENCODING, LOCATION, OWNER, TABLESPACE, TEMPLATE -> t.colId();
            default -> {
                if (!t.at(Token.IDENT)) {
                    throw t.syntaxError();
                }
                yield t.colId();
            }
        };
    }

    /** DATABASE and what follows, behind ALTER. */
    Statement alter() {
        t.expect(Keyword.DATABASE);
        int location = t.location();
        String name = t.colId();
        if (t.at(Keyword.SET, Keyword.TABLESPACE)) {
            int at = t.location();
            t.skip();
            t.skip();
            return new DatabaseStatement.AlterDatabase(name,
                    List.of(DefElem.of("tablespace", new Value.Text(t.colId()), at)));
        } else if (t.accept(Keyword.REFRESH)) {
            t.expect(Keyword.COLLATION, Keyword.VERSION);
            return new DatabaseStatement.RefreshCollationVersion(name);
        } else if (t.at(Keyword.SET) || t.at(Keyword.RESET)) {
            return new DatabaseStatement.AlterDatabaseSet(name, g.settings.setOrReset());
        }
        Optional<Statement> common = g.alters.common(ObjectKind.DATABASE,
                new ObjectRef.Named(List.of(name), location), false);
        if (common.isPresent()) {
            return common.get();
        }
        t.accept(Keyword.WITH);
        return new DatabaseStatement.AlterDatabase(name, options());
    }

    /** TABLESPACE and what follows, behind CREATE. */
    Statement createTablespace() {
        t.expect(Keyword.TABLESPACE);
        String name = t.colId();
        Optional<RoleSpec> owner = t.after(Keyword.OWNER, g.names::role);
        t.expect(Keyword.LOCATION);
        String directory = t.string();
        return new DatabaseStatement.CreateTablespace(name, owner, directory, g.options.withRelationOptions());
    }

    /** TABLESPACE and what follows, behind ALTER. */
    Statement alterTablespace() {
        t.expect(Keyword.TABLESPACE);
        int location = t.location();
        String name = t.colId();
        if (t.at(Keyword.SET) || t.at(Keyword.RESET)) {
            boolean reset = t.at(Keyword.RESET);
            t.skip();
            return new DatabaseStatement.AlterTablespace(name, reset, g.options.relationOptions());
        }
        return g.alters.common(ObjectKind.TABLESPACE, new ObjectRef.Named(List.of(name), location), false)
                .orElseThrow(t::syntaxError);
    }

    /** SCHEMA and what follows, behind CREATE. */
    Statement createSchema() {
        t.expect(Keyword.SCHEMA);
        boolean ifNotExists = t.ifNotExists();
        Optional<String> name = t.at(Keyword.AUTHORIZATION) ? Optional.empty() : Optional.of(t.colId());
        Optional<RoleSpec> owner = t.after(Keyword.AUTHORIZATION, g.names::role);
        int location = t.location();
        List<Statement> elements = new ArrayList<>(0);
        while (t.at(Keyword.CREATE) || t.at(Keyword.GRANT)) {
            elements.add(t.at(Keyword.GRANT) ? g.grants.grant() : g.creates.schemaElement());
        }
        if (ifNotExists && !elements.isEmpty()) {
            throw ExpressionGrammar.notYet("CREATE SCHEMA IF NOT EXISTS cannot include schema elements", location);
        }
        return new SchemaStatement.CreateSchema(name, owner, ifNotExists, List.copyOf(elements));
    }

    /** EXTENSION and what follows, behind CREATE. */
    Statement createExtension() {
        t.expect(Keyword.EXTENSION);
        boolean ifNotExists = t.ifNotExists();
        String name = t.colId();
        t.accept(Keyword.WITH);
        List<DefElem> options = new ArrayList<>(1);
        while (!t.atEnd()) {
            int location = t.location();
            if (t.accept(Keyword.SCHEMA)) {
                options.add(DefElem.of("schema", new Value.Text(t.colId()), location));
            } else if (t.accept(Keyword.VERSION)) {
                options.add(DefElem.of("new_version", new Value.Text(t.wordOrString()), location));
            } else if (t.accept(Keyword.FROM)) {
                t.wordOrString();
                throw ExpressionGrammar.notYet("CREATE EXTENSION ... FROM is no longer supported", location);
            } else {
                t.expect(Keyword.CASCADE);
                options.add(DefElem.flag("cascade", true, location));
            }
        }
        return new ExtensionStatement.CreateExtension(name, ifNotExists, List.copyOf(options));
    }

    /** EXTENSION and what follows, behind ALTER. */
    Statement alterExtension() {
        t.expect(Keyword.EXTENSION);
        int location = t.location();
        String name = t.colId();
        if (t.accept(Keyword.UPDATE)) {
            List<DefElem> options = new ArrayList<>(1);
            while (!t.atEnd()) {
                int at = t.location();
                t.expect(Keyword.TO);
                options.add(DefElem.of("new_version", new Value.Text(t.wordOrString()), at));
            }
            return new ExtensionStatement.AlterExtension(name, List.copyOf(options));
        } else if (t.at(Keyword.ADD) || t.at(Keyword.DROP)) {
            boolean add = t.at(Keyword.ADD);
            t.skip();
            ObjectKind kind = g.objects.kind();
            return new ExtensionStatement.AlterExtensionContents(name, add, kind, g.objects.reference(kind));
        }
        return g.alters.common(ObjectKind.EXTENSION, new ObjectRef.Named(List.of(name), location), false)
                .orElseThrow(t::syntaxError);
    }
}
