package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.DefElem;
import org.gajah.ast.DefElem.Value;
import org.gajah.ast.FunctionParameter;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.Statement;
import org.gajah.ast.TypeName;
import org.gajah.ast.TypeStatement;
import org.gajah.ast.TypeStatement.CastContext;

/** CREATE TYPE, DOMAIN, CAST, and what is made by a list of definitions. */
final class TypeGrammar {
    private final Grammar g;
    private final TokenStream t;

    TypeGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** TYPE and what follows, behind CREATE. */
    Statement create() {
        int location = t.location();
        t.expect(Keyword.TYPE);
        int nameAt = t.location();
        List<String> name = t.anyName();
        if (t.at('(')) {
            return define(ObjectKind.TYPE, false, false, name, List.of(), Optional.empty(), g.options.definition(),
                    location);
        } else if (!t.accept(Keyword.AS)) {
            return define(ObjectKind.TYPE, false, false, name, List.of(), Optional.empty(), List.of(), location);
        }
        if (t.accept(Keyword.ENUM)) {
            t.expect('(');
            List<String> labels = t.at(')') ? List.of() : t.commaList(t::string);
            t.expect(')');
            return new TypeStatement.CreateEnum(name, labels);
        } else if (t.accept(Keyword.RANGE)) {
            return new TypeStatement.CreateRange(name, g.options.definition());
        }
        t.expect('(');
        List<ColumnDef> attributes = t.at(')') ? List.of() : t.commaList(this::attribute);
        t.expect(')');
        return new TypeStatement.CreateCompositeType(NameGrammar.rangeVar(name, true, nameAt), attributes);
    }

    private static Statement define(ObjectKind kind, boolean replace, boolean ifNotExists, List<String> name,
            List<FunctionParameter> arguments, Optional<Integer> direct, List<DefElem> options, int location) {
        return new TypeStatement.Define(kind, false, replace, ifNotExists, name, arguments, direct, options, location);
    }

    /** An attribute of a composite type. */
    ColumnDef attribute() {
        int location = t.location();
        String name = t.colId();
        TypeName type = g.types.typeName();
        return ColumnDef.of(name, type, t.accept(Keyword.COLLATE) ? t.anyName() : List.of(), location);
    }

    /** AGGREGATE and what follows, behind CREATE [OR REPLACE]. */
    Statement createAggregate(boolean replace) {
        int location = t.location();
        t.expect(Keyword.AGGREGATE);
        List<String> name = t.functionName();
        if (t.at('(') && t.kind(2) == '=') {
            return new TypeStatement.Define(ObjectKind.AGGREGATE, true, replace, false, name, List.of(),
                    Optional.empty(), g.options.definition(), location);
        }
        ObjectRef.OfFunction signature = g.objects.aggregateArguments(name, location);
        return define(ObjectKind.AGGREGATE, replace, false, name, signature.arguments(), signature.directCount(),
                g.options.definition(), location);
    }

    /** OPERATOR and what follows, behind CREATE. */
    Statement createOperator() {
        int location = t.location();
        t.expect(Keyword.OPERATOR);
        List<String> name = g.names.anyOperator();
        return define(ObjectKind.OPERATOR, false, false, name, List.of(), Optional.empty(), g.options.definition(),
                location);
    }

    /** COLLATION and what follows, behind CREATE. */
    Statement createCollation() {
        int location = t.location();
        t.expect(Keyword.COLLATION);
        boolean ifNotExists = t.ifNotExists();
        List<String> name = t.anyName();
        int fromAt = t.location();
        List<DefElem> options = t.accept(Keyword.FROM)
                ? List.of(DefElem.of("from", new Value.Names(t.anyName()), fromAt)) : g.options.definition();
        return define(ObjectKind.COLLATION, false, ifNotExists, name, List.of(), Optional.empty(), options, location);
    }

    /** TEXT SEARCH and what follows, behind CREATE. */
    Statement createTextSearch() {
        int location = t.location();
        ObjectKind kind = g.objects.kind();
        List<String> name = t.anyName();
        return define(kind, false, false, name, List.of(), Optional.empty(), g.options.definition(), location);
    }

    /** DOMAIN and what follows, behind CREATE. */
    Statement createDomain() {
        t.expect(Keyword.DOMAIN);
        List<String> name = t.anyName();
        t.accept(Keyword.AS);
        TypeName type = g.types.typeName();
        ColumnGrammar.Qualifiers qualifiers = g.columns.qualifiers();
        return new TypeStatement.CreateDomain(name, type, qualifiers.collation(), qualifiers.constraints());
    }

    /** CAST and what follows, behind CREATE. */
    Statement createCast() {
        t.expect(Keyword.CAST);
        t.expect('(');
        TypeName source = g.types.typeName();
        t.expect(Keyword.AS);
        TypeName target = g.types.typeName();
        t.expect(')');
        Optional<ObjectRef.OfFunction> function = Optional.empty();
        boolean inout = false;
        if (t.accept(Keyword.WITHOUT)) {
            t.expect(Keyword.FUNCTION);
        } else {
            t.expect(Keyword.WITH);
            inout = t.accept(Keyword.INOUT);
            if (!inout) {
                t.expect(Keyword.FUNCTION);
                function = Optional.of(g.objects.function());
            }
        }
        return new TypeStatement.CreateCast(source, target, function, inout, castContext());
    }

    private CastContext castContext() {
        if (!t.accept(Keyword.AS)) {
            return CastContext.EXPLICIT;
        } else if (t.accept(Keyword.ASSIGNMENT)) {
            return CastContext.ASSIGNMENT;
        }
        t.expect(Keyword.IMPLICIT);
        return CastContext.IMPLICIT;
    }

    /** DOMAIN and what follows, behind ALTER. */
    Statement alterDomain() {
        t.expect(Keyword.DOMAIN);
        int location = t.location();
        List<String> name = t.anyName();
        if (t.at(Keyword.RENAME, Keyword.CONSTRAINT)) {
            return g.alters.renameDomainConstraint(name, location);
        }
        TypeName type = new TypeName(name, List.of(), List.of(), false, false, location);
        Optional<Statement> common = g.alters.common(ObjectKind.DOMAIN, new ObjectRef.OfType(type, location), false);
        return common.isPresent() ? common.get() : new TypeStatement.AlterDomain(name, domainChange());
    }

    private TypeStatement.DomainChange domainChange() {
        if (t.accept(Keyword.ADD)) {
            return new TypeStatement.DomainChange.AddConstraint(g.constraints.domainConstraint());
        } else if (t.accept(Keyword.VALIDATE)) {
            t.expect(Keyword.CONSTRAINT);
            return new TypeStatement.DomainChange.ValidateConstraint(t.colId());
        } else if (t.accept(Keyword.SET)) {
            if (t.accept(Keyword.DEFAULT)) {
                return new TypeStatement.DomainChange.SetDefault(Optional.of(g.expressions.expression()));
            }
            t.expect(Keyword.NOT, Keyword.NULL);
            return new TypeStatement.DomainChange.SetNotNull(true);
        }
        t.expect(Keyword.DROP);
        if (t.accept(Keyword.DEFAULT)) {
            return new TypeStatement.DomainChange.SetDefault(Optional.empty());
        } else if (t.accept(Keyword.NOT)) {
            t.expect(Keyword.NULL);
            return new TypeStatement.DomainChange.SetNotNull(false);
        }
        t.expect(Keyword.CONSTRAINT);
        boolean missingOk = t.ifExists();
        String constraint = t.colId();
        return new TypeStatement.DomainChange.DropConstraint(constraint, missingOk, g.names.dropBehavior());
    }

    /** TYPE and what follows, behind ALTER. */
    Statement alterType() {
        t.expect(Keyword.TYPE);
        int location = t.location();
        List<String> name = t.anyName();
        if (t.at(Keyword.ADD, Keyword.VALUE)) {
            return addValue(name);
        } else if (t.at(Keyword.RENAME, Keyword.VALUE)) {
            t.skip();
            t.skip();
            String label = t.string();
            t.expect(Keyword.TO);
            return new TypeStatement.RenameEnumValue(name, label, t.string());
        } else if (t.at(Keyword.SET) && t.keyword(1) != Keyword.SCHEMA) {
            t.skip();
            return new TypeStatement.AlterType(name, g.options.definition());
        } else if (t.at(Keyword.RENAME, Keyword.ATTRIBUTE)) {
            return g.alters.renameAttribute(name, location);
        }
        TypeName type = new TypeName(name, List.of(), List.of(), false, false, location);
        Optional<Statement> common = g.alters.common(ObjectKind.TYPE, new ObjectRef.OfType(type, location), false);
        return common.isPresent() ? common.get()
                : g.alterTables.alterComposite(NameGrammar.rangeVar(name, true, location));
    }

    private Statement addValue(List<String> name) {
        t.expect(Keyword.ADD, Keyword.VALUE);
        boolean ifNotExists = t.ifNotExists();
        String label = t.string();
        boolean before = t.accept(Keyword.BEFORE);
        boolean after = !before && t.accept(Keyword.AFTER);
        Optional<String> neighbour = before || after ? Optional.of(t.string()) : Optional.empty();
        return new TypeStatement.AddEnumValue(name, label, neighbour, !before, ifNotExists);
    }
}
