package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Statement;
import org.gajah.ast.TriggerStatement;
import org.gajah.ast.TypeStatement;
import org.gajah.ast.TypeName;
import org.gajah.ast.Unsupported;

/** ALTER: tells what is altered, and what most things share: RENAME, OWNER TO, SET SCHEMA, DEPENDS ON EXTENSION. */
final class AlterGrammar {
    private final Grammar g;
    private final TokenStream t;

    AlterGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Statement alter() {
        int location = t.location();
        t.expect(Keyword.ALTER);
        switch (t.keyword()) {
            case TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED -> {
                return relation(g.objects.kind(), location);
            }
            case FOREIGN -> {
                return t.at(Keyword.FOREIGN, Keyword.TABLE)
                        ? relation(g.objects.kind(), location) : g.foreign.alterWrapper();
            }
            case DATABASE -> {
                return g.databases.alter();
            }
            case TABLESPACE -> {
                return g.databases.alterTablespace();
            }
            case EXTENSION -> {
                return g.databases.alterExtension();
            }
            case ROLE, GROUP -> {
                return g.roles.alter();
            }
            case USER -> {
                return t.at(Keyword.USER, Keyword.MAPPING) ? g.foreign.alterUserMapping() : g.roles.alter();
            }
            case SYSTEM -> {
                return g.settings.alterSystem();
            }
            case TYPE -> {
                return g.typeStatements.alterType();
            }
            case DOMAIN -> {
                return g.typeStatements.alterDomain();
            }
            case FUNCTION, PROCEDURE, ROUTINE -> {
                return g.foreign.atAlterRoutineMapping() ? g.foreign.alterRoutineMapping() : g.functions.alter();
            }
            case SERVER -> {
                return g.foreign.alterServer();
            }
            case DEFAULT -> {
                return g.grants.alterDefaultPrivileges();
            }
            case POLICY -> {
                return g.triggers.alterPolicy();
            }
            case AGGREGATE, COLLATION, CONVERSION, EVENT, LANGUAGE, LARGE, OPERATOR, PROCEDURAL, PUBLICATION, RULE,
                 SCHEMA, STATISTICS, SUBSCRIPTION, TEXT, TRIGGER -> {
                return other(location);
            }
            default -> throw t.syntaxError();
        }
    }

    private Statement relation(ObjectKind kind, int location) {
        if (t.at(Keyword.ALL)) {
            t.expect(Keyword.ALL, Keyword.IN, Keyword.TABLESPACE);
            t.skipStatement();
            return new Unsupported("ALTER " + kind.words(), location);
        }
        return g.alterTables.alter(kind);
    }

    private Statement other(int location) {
        ObjectKind kind = g.objects.kind();
        boolean missingOk = kind == ObjectKind.STATISTICS && t.ifExists();
        ObjectRef object = g.objects.reference(kind);
        Optional<Statement> common = common(kind, object, missingOk);
        if (common.isPresent()) {
            return common.get();
        }
        if (kind == ObjectKind.EVENT_TRIGGER && object instanceof ObjectRef.Named named) {
            return new TriggerStatement.AlterEventTrigger(named.name().getFirst(), g.triggers.state());
        }
        if (object instanceof ObjectRef.OfOperator operator) {
            t.expect(Keyword.SET);
            return new TypeStatement.AlterOperator(operator, g.options.definition());
        }
        switch (kind) {
            case COLLATION, OPERATOR_FAMILY, PUBLICATION, STATISTICS, SUBSCRIPTION,
                 TEXT_SEARCH_CONFIGURATION, TEXT_SEARCH_DICTIONARY -> {
                if (t.atEnd()) {
                    throw t.syntaxError();
                }
                t.skipStatement();
                return new Unsupported("ALTER " + kind.words(), location);
            }
            default -> throw t.syntaxError();
        }
    }

    /** RENAME TO, OWNER TO, SET SCHEMA or [NO] DEPENDS ON EXTENSION, if one of them follows. */
    Optional<Statement> common(ObjectKind kind, ObjectRef object, boolean missingOk) {
        if (t.accept(Keyword.RENAME)) {
            t.expect(Keyword.TO);
            return Optional.of(rename(kind, kind, object, t.colId(), missingOk, true));
        } else if (t.accept(Keyword.OWNER)) {
            t.expect(Keyword.TO);
            return Optional.of(new ObjectStatement.AlterOwner(kind, object, g.names.role()));
        }
        return schemaOrDependency(kind, object, missingOk);
    }

    private Optional<Statement> schemaOrDependency(ObjectKind kind, ObjectRef object, boolean missingOk) {
        if (t.accept(Keyword.SET, Keyword.SCHEMA)) {
            return Optional.of(new ObjectStatement.AlterObjectSchema(kind, object, t.colId(), missingOk));
        }
        boolean remove = t.at(Keyword.NO, Keyword.DEPENDS);
        if (remove || t.at(Keyword.DEPENDS)) {
            t.accept(Keyword.NO);
            t.expect(Keyword.DEPENDS, Keyword.ON, Keyword.EXTENSION);
            return Optional.of(new ObjectStatement.AlterObjectDepends(kind, object, t.colId(), remove));
        }
        return Optional.empty();
    }

    private static Statement rename(ObjectKind kind, ObjectKind relationKind, ObjectRef object, String newName,
            boolean missingOk, boolean inherit) {
        return new ObjectStatement.Rename(kind, relationKind, object, newName, missingOk, inherit,
                DropBehavior.RESTRICT);
    }

    /** What relations share with other things: renaming them, their columns and constraints; SET SCHEMA. */
    Optional<Statement> commonOfRelation(ObjectKind kind, RangeVar relation, boolean missingOk) {
        ObjectRef.Named object = new ObjectRef.Named(names(relation), relation.location());
        if (!t.accept(Keyword.RENAME)) {
            return schemaOrDependency(kind, object, missingOk);
        }
        if (t.accept(Keyword.TO)) {
            return Optional.of(rename(kind, kind, object, t.colId(), missingOk, relation.inherit()));
        }
        boolean constraint = t.accept(Keyword.CONSTRAINT);
        if (!constraint) {
            t.accept(Keyword.COLUMN);
        }
        int location = t.location();
        ObjectRef part = new ObjectRef.OnRelation(object.name(), t.colId(), location);
        t.expect(Keyword.TO);
        return Optional.of(rename(constraint ? ObjectKind.TABLE_CONSTRAINT : ObjectKind.COLUMN, kind, part, t.colId(),
                missingOk, relation.inherit()));
    }

    private static List<String> names(RangeVar relation) {
        List<String> names = new ArrayList<>(3);
        relation.catalog().ifPresent(names::add);
        relation.schema().ifPresent(names::add);
        names.add(relation.relation());
        return List.copyOf(names);
    }

    /** name ON relation RENAME TO name. */
    Statement renameOnRelation(ObjectKind kind, boolean missingOk, int location) {
        ObjectRef object = g.objects.onRelation(location);
        t.expect(Keyword.RENAME, Keyword.TO);
        return rename(kind, ObjectKind.TABLE, object, t.colId(), missingOk, true);
    }

    /** RENAME CONSTRAINT name TO name, of a domain. */
    Statement renameDomainConstraint(List<String> domain, int location) {
        t.expect(Keyword.RENAME, Keyword.CONSTRAINT);
        TypeName type = new TypeName(domain, List.of(), List.of(), false, false, location);
        ObjectRef object = new ObjectRef.OnDomain(type, t.colId(), location);
        t.expect(Keyword.TO);
        return rename(ObjectKind.DOMAIN_CONSTRAINT, ObjectKind.DOMAIN, object, t.colId(), false, true);
    }

    /** RENAME ATTRIBUTE name TO name, of a composite type. */
    Statement renameAttribute(List<String> type, int location) {
        t.expect(Keyword.RENAME, Keyword.ATTRIBUTE);
        ObjectRef object = new ObjectRef.OnRelation(type, t.colId(), location);
        t.expect(Keyword.TO);
        String newName = t.colId();
        return new ObjectStatement.Rename(ObjectKind.ATTRIBUTE, ObjectKind.TYPE, object, newName, false, true,
                g.names.dropBehavior());
    }
}
