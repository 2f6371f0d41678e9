package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.ColumnDef;
import org.gajah.ast.Constraint;
import org.gajah.ast.Constraint.Attributes;
import org.gajah.ast.DefElem;
import org.gajah.ast.Expression;
import org.gajah.ast.TypeName;

/** Columns with their constraints. An attribute such as DEFERRABLE belongs to the constraint before it. */
final class ColumnGrammar {
    private final Grammar g;
    private final TokenStream t;

    ColumnGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** name type and so on. */
    ColumnDef definition() {
        int location = t.location();
        String name = t.colId();
        TypeName type = g.types.typeName();
        Optional<String> storage = Optional.empty();
        if (t.accept(Keyword.STORAGE)) {
            storage = Optional.of(t.accept(Keyword.DEFAULT) ? "default" : t.colId());
        }
        Optional<String> compression = t.after(Keyword.COMPRESSION, this::compressionMethod);
        List<DefElem> options = g.options.genericOptions();
        Qualifiers qualifiers = qualifiers();
        return new ColumnDef(name, Optional.of(type), qualifiers.constraints(), qualifiers.collation(), storage,
                compression, options, location);
    }

    /** A compression method's name, or DEFAULT. */
    String compressionMethod() {
        return t.accept(Keyword.DEFAULT) ? "default" : t.colId();
    }

    /** name [WITH OPTIONS] and so on, the type coming from elsewhere. */
    ColumnDef typedDefinition() {
        int location = t.location();
        String name = t.colId();
        if (t.accept(Keyword.WITH)) {
            t.expect(Keyword.OPTIONS);
        }
        Qualifiers qualifiers = qualifiers();
        return new ColumnDef(name, Optional.empty(), qualifiers.constraints(), qualifiers.collation(),
                Optional.empty(), Optional.empty(), List.of(), location);
    }

    /** What may follow a column's or a domain's type. */
    record Qualifiers(List<Constraint> constraints, List<String> collation) {
    }

    /** Constraints and COLLATE, in any order, as far as they go. */
    Qualifiers qualifiers() {
        List<Constraint> constraints = new ArrayList<>(2);
        List<String> collation = List.of();
        AttributeFold fold = new AttributeFold(constraints, g);
        while (true) {
            int location = t.location();
            if (t.accept(Keyword.COLLATE)) {
                if (!collation.isEmpty()) {
                    throw TokenStream.error("multiple COLLATE clauses not allowed", location);
                }
                collation = t.anyName();
            } else if (!fold.attribute()) {
                Optional<Constraint> next = constraint();
                if (next.isEmpty()) {
                    return new Qualifiers(List.copyOf(constraints), collation);
                }
                fold.next(next.get());
            }
        }
    }

    private Optional<Constraint> constraint() {
        int location = t.location();
        Optional<String> name = g.constraints.name();
        Constraint constraint = switch (t.keyword()) {
            case NOT -> notNull(name, location);
            case NULL -> {
                t.skip();
                yield new Constraint.Null(name, location);
            }
            case UNIQUE -> key(name, false, location);
            case PRIMARY -> key(name, true, location);
            case CHECK -> check(name, location);
            case DEFAULT -> {
                t.skip();
                yield new Constraint.Default(name, g.expressions.restricted(), location);
            }
            case GENERATED -> generated(name, location);
            case REFERENCES -> references(name, location);
            default -> null;
        };
        if (constraint == null && name.isPresent()) {
            throw t.syntaxError();
        }
        return Optional.ofNullable(constraint);
    }

    private boolean noInherit() {
        return t.accept(Keyword.NO, Keyword.INHERIT);
    }

    private static Attributes attributes(boolean noInherit) {
        return noInherit ? new Attributes(false, false, true, false, true) : Attributes.NONE;
    }

    private Constraint notNull(Optional<String> name, int location) {
        t.skip();
        t.expect(Keyword.NULL);
        return new Constraint.NotNull(name, Optional.empty(), attributes(noInherit()), location);
    }

    private Constraint key(Optional<String> name, boolean primary, int location) {
        t.skip();
        if (primary) {
            t.expect(Keyword.KEY);
        }
        boolean nullsNotDistinct = !primary && g.indexes.nullsNotDistinct();
        List<DefElem> options = g.options.withDefinition();
        return new Constraint.Key(name, primary, nullsNotDistinct, List.of(), false, List.of(), options,
                g.constraints.indexTablespace(), Optional.empty(), Attributes.NONE, location);
    }

    private Constraint check(Optional<String> name, int location) {
        t.skip();
        t.expect('(');
        Expression expression = g.expressions.expression();
        t.expect(')');
        return new Constraint.Check(name, expression, attributes(noInherit()), location);
    }

    private Constraint generated(Optional<String> name, int location) {
        t.skip();
        int whenAt = t.location();
        boolean always = generatedWhen();
        t.expect(Keyword.AS);
        if (t.accept(Keyword.IDENTITY)) {
            return new Constraint.Identity(name, always, g.options.parenthesizedSequenceOptions(), location);
        }
        t.expect('(');
        Expression expression = g.expressions.expression();
        t.expect(')');
        boolean stored = t.accept(Keyword.STORED);
        if (!stored) {
            t.accept(Keyword.VIRTUAL);
        }
        if (!always) {
            throw TokenStream.error("for a generated column, GENERATED ALWAYS must be specified", whenAt);
        }
        return new Constraint.Generated(name, true, expression, stored, location);
    }

    /** ALWAYS (true) or BY DEFAULT. */
    boolean generatedWhen() {
        if (t.accept(Keyword.ALWAYS)) {
            return true;
        }
        t.expect(Keyword.BY, Keyword.DEFAULT);
        return false;
    }

    private Constraint references(Optional<String> name, int location) {
        ConstraintGrammar.References to = g.constraints.references();
        return new Constraint.ForeignKey(name, List.of(), false, to.relation(), to.columns(), to.period(), to.match(),
                to.onUpdate(), to.onDelete(), Attributes.NONE, location);
    }
}
