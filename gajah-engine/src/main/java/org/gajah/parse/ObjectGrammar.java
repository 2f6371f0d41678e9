package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.FunctionParameter;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.ObjectStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TypeName;

/** Objects of all kinds as statements name them; COMMENT and SECURITY LABEL. */
final class ObjectGrammar {
    private final Grammar g;
    private final TokenStream t;

    ObjectGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** The words for a kind of object, where all kinds may stand. */
    ObjectKind kind() {
        Keyword word = t.keyword();
        t.skip();
        return switch (word) {
            case TABLE -> ObjectKind.TABLE;
            case SEQUENCE -> ObjectKind.SEQUENCE;
            case VIEW -> ObjectKind.VIEW;
            case INDEX -> ObjectKind.INDEX;
            case COLUMN -> ObjectKind.COLUMN;
            case COLLATION -> ObjectKind.COLLATION;
            case CONVERSION -> ObjectKind.CONVERSION;
            case STATISTICS -> ObjectKind.STATISTICS;
            case EXTENSION -> ObjectKind.EXTENSION;
            case LANGUAGE -> ObjectKind.LANGUAGE;
            case PUBLICATION -> ObjectKind.PUBLICATION;
            case SCHEMA -> ObjectKind.SCHEMA;
            case SERVER -> ObjectKind.SERVER;
            case DATABASE -> ObjectKind.DATABASE;
            case ROLE -> ObjectKind.ROLE;
            case SUBSCRIPTION -> ObjectKind.SUBSCRIPTION;
            case TABLESPACE -> ObjectKind.TABLESPACE;
            case POLICY -> ObjectKind.POLICY;
            case RULE -> ObjectKind.RULE;
            case TRIGGER -> ObjectKind.TRIGGER;
            case TYPE -> ObjectKind.TYPE;
            case DOMAIN -> ObjectKind.DOMAIN;
            case AGGREGATE -> ObjectKind.AGGREGATE;
            case FUNCTION -> ObjectKind.FUNCTION;
            case PROCEDURE -> ObjectKind.PROCEDURE;
            case ROUTINE -> ObjectKind.ROUTINE;
            case TRANSFORM -> ObjectKind.TRANSFORM;
            case CAST -> ObjectKind.CAST;
            case CONSTRAINT -> ObjectKind.TABLE_CONSTRAINT;
            case MATERIALIZED -> second(Keyword.VIEW, ObjectKind.MATERIALIZED_VIEW);
            case ACCESS -> second(Keyword.METHOD, ObjectKind.ACCESS_METHOD);
            case EVENT -> second(Keyword.TRIGGER, ObjectKind.EVENT_TRIGGER);
            case LARGE -> second(Keyword.OBJECT, ObjectKind.LARGE_OBJECT);
            case PROCEDURAL -> second(Keyword.LANGUAGE, ObjectKind.LANGUAGE);
            case OPERATOR -> t.accept(Keyword.CLASS) ? ObjectKind.OPERATOR_CLASS
                    : t.accept(Keyword.FAMILY) ? ObjectKind.OPERATOR_FAMILY : ObjectKind.OPERATOR;
            case FOREIGN -> foreign();
            case TEXT -> textSearch();
            default -> throw t.syntaxError(-1);
        };
    }

    private ObjectKind second(Keyword word, ObjectKind kind) {
        t.expect(word);
        return kind;
    }

    private ObjectKind foreign() {
        if (t.accept(Keyword.TABLE)) {
            return ObjectKind.FOREIGN_TABLE;
        }
        t.expect(Keyword.DATA, Keyword.WRAPPER);
        return ObjectKind.FOREIGN_DATA_WRAPPER;
    }

    private ObjectKind textSearch() {
        t.expect(Keyword.SEARCH);
        Keyword word = t.keyword();
        t.skip();
        return switch (word) {
            case CONFIGURATION -> ObjectKind.TEXT_SEARCH_CONFIGURATION;
            case DICTIONARY -> ObjectKind.TEXT_SEARCH_DICTIONARY;
            case PARSER -> ObjectKind.TEXT_SEARCH_PARSER;
            case TEMPLATE -> ObjectKind.TEXT_SEARCH_TEMPLATE;
            default -> throw t.syntaxError(-1);
        };
    }

    /** FUNCTION, PROCEDURE or ROUTINE. */
    ObjectKind functionKind() {
        ObjectKind kind = t.at(Keyword.FUNCTION) ? ObjectKind.FUNCTION
                : t.at(Keyword.PROCEDURE) ? ObjectKind.PROCEDURE : ObjectKind.ROUTINE;
        t.skip();
        return kind;
    }

    /** The object itself, in the form of its kind. */
    ObjectRef reference(ObjectKind kind) {
        int location = t.location();
        return switch (kind) {
            case TABLE, SEQUENCE, VIEW, MATERIALIZED_VIEW, INDEX, FOREIGN_TABLE, COLUMN, COLLATION, CONVERSION,
                 STATISTICS, TEXT_SEARCH_CONFIGURATION, TEXT_SEARCH_DICTIONARY, TEXT_SEARCH_PARSER,
                 TEXT_SEARCH_TEMPLATE, ATTRIBUTE -> new ObjectRef.Named(t.anyName(), location);
            case ACCESS_METHOD, EVENT_TRIGGER, EXTENSION, FOREIGN_DATA_WRAPPER, LANGUAGE, PUBLICATION, SCHEMA, SERVER,
                 DATABASE, ROLE, SUBSCRIPTION, TABLESPACE, PARAMETER, USER_MAPPING ->
                    new ObjectRef.Named(List.of(t.colId()), location);
            case POLICY, RULE, TRIGGER -> onRelation(location);
            case TYPE, DOMAIN -> new ObjectRef.OfType(g.types.typeName(), location);
            case AGGREGATE -> aggregate();
            case FUNCTION, PROCEDURE, ROUTINE -> function();
            case OPERATOR -> operator();
            case OPERATOR_CLASS, OPERATOR_FAMILY -> accessMethodObject(location);
            case TABLE_CONSTRAINT, DOMAIN_CONSTRAINT -> constraint(location);
            case TRANSFORM -> transform(location);
            case CAST -> cast(location);
            case LARGE_OBJECT -> largeObject();
        };
    }

    /** name ON relation. */
    ObjectRef onRelation(int location) {
        String name = t.colId();
        t.expect(Keyword.ON);
        return new ObjectRef.OnRelation(t.anyName(), name, location);
    }

    private ObjectRef constraint(int location) {
        String name = t.colId();
        t.expect(Keyword.ON);
        if (t.at(Keyword.DOMAIN) && t.atColId(1)) {
            t.skip();
            int at = t.location();
            TypeName domain = new TypeName(t.anyName(), List.of(), List.of(), false, false, at);
            return new ObjectRef.OnDomain(domain, name, location);
        }
        return new ObjectRef.OnRelation(t.anyName(), name, location);
    }

    private ObjectRef transform(int location) {
        t.expect(Keyword.FOR);
        TypeName type = g.types.typeName();
        t.expect(Keyword.LANGUAGE);
        return new ObjectRef.OfTransform(type, t.colId(), location);
    }

    private ObjectRef cast(int location) {
        t.expect('(');
        TypeName source = g.types.typeName();
        t.expect(Keyword.AS);
        TypeName target = g.types.typeName();
        t.expect(')');
        return new ObjectRef.OfCast(source, target, location);
    }

    /** name USING method. */
    ObjectRef accessMethodObject(int location) {
        List<String> name = t.anyName();
        t.expect(Keyword.USING);
        return new ObjectRef.OfAccessMethod(name, t.colId(), location);
    }

    /** A large object's number. */
    ObjectRef largeObject() {
        int location = t.location();
        return new ObjectRef.OfLargeObject(g.options.number().value(), location);
    }

    /** A qualified name. */
    ObjectRef named() {
        int location = t.location();
        return new ObjectRef.Named(t.anyName(), location);
    }

    /** A function with its argument types, or without. */
    ObjectRef.OfFunction function() {
        int location = t.location();
        if (t.kind(1) != '.' && t.kind(1) != '(' && t.atColId()) {
            return new ObjectRef.OfFunction(List.of(t.colId()), true, List.of(), Optional.empty(), location);
        }
        List<String> name = t.functionName();
        if (!t.accept('(')) {
            return new ObjectRef.OfFunction(name, true, List.of(), Optional.empty(), location);
        }
        List<FunctionParameter> arguments = t.at(')') ? List.of() : t.commaList(g.functions::parameter);
        t.expect(')');
        return new ObjectRef.OfFunction(name, false, arguments, Optional.empty(), location);
    }

    /** An aggregate with its argument types. */
    ObjectRef.OfFunction aggregate() {
        int location = t.location();
        List<String> name = t.functionName();
        return aggregateArguments(name, location);
    }

    /** An aggregate's arguments: (*), (types), (types ORDER BY types). */
    ObjectRef.OfFunction aggregateArguments(List<String> name, int location) {
        t.expect('(');
        List<FunctionParameter> arguments = new ArrayList<>(2);
        Optional<Integer> direct = Optional.empty();
        if (!t.accept('*')) {
            if (!t.at(Keyword.ORDER)) {
                arguments.addAll(t.commaList(g.functions::parameter));
            }
            if (t.accept(Keyword.ORDER)) {
                t.expect(Keyword.BY);
                direct = Optional.of(arguments.size());
                arguments.addAll(t.commaList(g.functions::parameter));
            }
        }
        t.expect(')');
        return new ObjectRef.OfFunction(name, false, List.copyOf(arguments), direct, location);
    }

    /** An operator with its operand types. */
    ObjectRef.OfOperator operator() {
        int location = t.location();
        List<String> name = g.names.anyOperator();
        t.expect('(');
        Optional<TypeName> left = operand();
        if (t.at(')') && left.isPresent()) {
            throw TokenStream.error("missing argument", t.location())
                    .hint("Use NONE to denote the missing argument of a unary operator.");
        }
        t.expect(',');
        Optional<TypeName> right = operand();
        t.expect(')');
        return new ObjectRef.OfOperator(name, left, right, location);
    }

    private Optional<TypeName> operand() {
        return t.accept(Keyword.NONE) ? Optional.empty() : Optional.of(g.types.typeName());
    }

    Statement comment() {
        t.expect(Keyword.COMMENT, Keyword.ON);
        ObjectKind kind = kind();
        ObjectRef object = reference(kind);
        t.expect(Keyword.IS);
        return new ObjectStatement.Comment(constraintKind(kind, object), object, textOrNull());
    }

    private static ObjectKind constraintKind(ObjectKind kind, ObjectRef object) {
        return kind == ObjectKind.TABLE_CONSTRAINT && object instanceof ObjectRef.OnDomain
                ? ObjectKind.DOMAIN_CONSTRAINT : kind;
    }

    private Optional<String> textOrNull() {
        return t.accept(Keyword.NULL) ? Optional.empty() : Optional.of(t.string());
    }

    Statement securityLabel() {
        t.expect(Keyword.SECURITY, Keyword.LABEL);
        Optional<String> provider = t.after(Keyword.FOR, t::wordOrString);
        t.expect(Keyword.ON);
        ObjectKind kind = kind();
        ObjectRef object = reference(kind);
        t.expect(Keyword.IS);
        return new ObjectStatement.SecurityLabel(provider, kind, object, textOrNull());
    }
}
