package org.gajah.parse;

import org.gajah.ast.Persistence;
import org.gajah.ast.Statement;
import org.gajah.ast.Unsupported;

/** CREATE: tells what is created. */
final class CreateGrammar {
    private final Grammar g;
    private final TokenStream t;

    CreateGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Statement create() {
        int location = t.location();
        t.expect(Keyword.CREATE);
        if (t.accept(Keyword.OR)) {
            t.expect(Keyword.REPLACE);
            return createOrReplace(location);
        }
        return switch (t.keyword()) {
            case TABLE, TEMPORARY, TEMP, LOCAL, GLOBAL, UNLOGGED, RECURSIVE, VIEW, SEQUENCE, MATERIALIZED ->
                    relation(false);
            case UNIQUE, INDEX -> g.indexes.create();
            case SCHEMA -> g.databases.createSchema();
            case DATABASE -> g.databases.create();
            case TABLESPACE -> g.databases.createTablespace();
            case EXTENSION -> g.databases.createExtension();
            case ROLE, GROUP -> g.roles.create();
            case USER -> t.at(Keyword.USER, Keyword.MAPPING) ? g.foreign.createUserMapping() : g.roles.create();
            case FUNCTION, PROCEDURE -> g.functions.create(false);
            case LANGUAGE, TRUSTED, PROCEDURAL -> g.functions.createLanguage(false);
            case TYPE -> g.typeStatements.create();
            case DOMAIN -> g.typeStatements.createDomain();
            case CAST -> g.typeStatements.createCast();
            case AGGREGATE -> g.typeStatements.createAggregate(false);
            case COLLATION -> g.typeStatements.createCollation();
            case TEXT -> g.typeStatements.createTextSearch();
            case OPERATOR -> t.keyword(1) == Keyword.CLASS || t.keyword(1) == Keyword.FAMILY
                    ? unsupported(2, location) : g.typeStatements.createOperator();
            case TRIGGER, CONSTRAINT -> g.triggers.create(false);
            case EVENT -> g.triggers.createEvent();
            case POLICY -> g.triggers.createPolicy();
            case FOREIGN -> g.foreign.create();
            case SERVER -> g.foreign.createServer();
            case ROUTINE -> g.foreign.createRoutineMapping();
            case ACCESS -> unsupported(2, location);
            case RULE, PUBLICATION, SUBSCRIPTION, STATISTICS, CONVERSION, TRANSFORM -> unsupported(1, location);
            case DEFAULT -> {
                t.skip();
                t.expect(Keyword.CONVERSION);
                t.skipStatement();
                yield new Unsupported("CREATE CONVERSION", location);
            }
            case ASSERTION -> throw assertion(location);
            default -> throw t.syntaxError();
        };
    }

    private Statement createOrReplace(int location) {
        return switch (t.keyword()) {
            case TEMPORARY, TEMP, LOCAL, GLOBAL, UNLOGGED, RECURSIVE, VIEW -> relation(true);
            case FUNCTION, PROCEDURE -> g.functions.create(true);
            case LANGUAGE, TRUSTED, PROCEDURAL -> g.functions.createLanguage(true);
            case AGGREGATE -> g.typeStatements.createAggregate(true);
            case TRIGGER, CONSTRAINT -> g.triggers.create(true);
            case RULE, TRANSFORM -> unsupported(1, location);
            default -> throw t.syntaxError();
        };
    }

    private Statement relation(boolean replace) {
        Persistence persistence = g.tables.persistence();
        if (t.at(Keyword.VIEW) || t.at(Keyword.RECURSIVE)) {
            return g.views.create(replace, persistence);
        } else if (replace) {
            throw t.syntaxError();
        } else if (t.at(Keyword.SEQUENCE)) {
            return g.views.createSequence(persistence);
        } else if (t.at(Keyword.MATERIALIZED) && persistence != Persistence.TEMPORARY) {
            return g.tables.createMaterializedView(persistence);
        }
        return g.tables.create(persistence);
    }

    /** What CREATE SCHEMA may hold. */
    Statement schemaElement() {
        switch (t.keyword(1)) {
            case TABLE, TEMPORARY, TEMP, LOCAL, GLOBAL, UNLOGGED, RECURSIVE, VIEW, SEQUENCE, UNIQUE, INDEX, TRIGGER,
                 CONSTRAINT, OR -> {
                return create();
            }
            default -> throw t.syntaxError(1);
        }
    }

    /** A statement that is passed over; its tag has {@code words} words behind CREATE. */
    private Statement unsupported(int words, int location) {
        StringBuilder tag = new StringBuilder("CREATE");
        for (int i = 0; i < words; i++) {
            tag.append(' ').append(t.keyword().name());
            t.skip();
        }
        if (t.atEnd()) {
            throw t.syntaxError();
        }
        t.skipStatement();
        return new Unsupported(tag.toString(), location);
    }

    private RuntimeException assertion(int location) {
        t.skipStatement();
        return ExpressionGrammar.notYet("CREATE ASSERTION is not yet implemented", location);
    }
}
