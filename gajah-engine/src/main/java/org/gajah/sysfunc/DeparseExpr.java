package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Expr.CallForm;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.TargetEntry;
import org.gajah.api.SqlError;
import org.gajah.catalog.Relation;
import org.gajah.catalog.TypeRow;

/** Expressions. Parentheses are written around every operator, or in the pretty style only where they are needed. */
final class DeparseExpr {
    private final Deparser d;
    private final DeparseText out;

    DeparseExpr(Deparser deparser) {
        d = deparser;
        out = deparser.out;
    }

    /** An operand of {@code parent}, in parentheses if the pretty style needs them. */
    void operand(Expr expr, boolean showImplicit, Expr parent) {
        boolean parentheses = out.prettyParentheses && !Simplicity.isSimple(expr, parent, d.context.catalog());
        if (parentheses) {
            out.add('(');
        }
        d.expr(expr, showImplicit);
        if (parentheses) {
            out.add(')');
        }
    }

    /** An element of a list where a whole row is written as such. */
    void toplevel(Expr expr, boolean showImplicit) {
        if (expr instanceof Expr.Var v) {
            variable(v, 0, true);
        } else {
            d.expr(expr, showImplicit);
        }
    }

    void write(Expr expr, boolean showImplicit) {
        switch (expr) {
            case Expr.Var v -> variable(v, 0, false);
            case Expr.Const c -> d.consts.write(c, DeparseConst.Label.NEEDED);
            case Expr.Param p -> parameter(p);
            case Expr.AggregateCall a -> d.calls.aggregate(a);
            case Expr.GroupingCall g -> function("GROUPING(", g.args());
            case Expr.WindowCall w -> d.calls.window(w);
            case Expr.FunctionCall f -> d.calls.function(f, showImplicit);
            case Expr.OperatorCall o -> operator(o);
            case Expr.DistinctFrom o -> infix(o.args(), " IS DISTINCT FROM ", o);
            case Expr.NullIf n -> function("NULLIF(", n.args());
            case Expr.ArrayComparison a -> arrayComparison(a);
            case Expr.BoolExpr b -> bool(b);
            case Expr.SubLink s -> subLink(s);
            case Expr.Subscript s -> subscript(s);
            case Expr.FieldSelect f -> field(f);
            case Expr.FieldStore f -> row(f.values());
            case Expr.Relabel r -> cast(r.arg(), r.form(), r.type(), r.typmod(), showImplicit, r);
            case Expr.CoerceViaIo c -> cast(c.arg(), c.form(), c.type(), -1, showImplicit, c);
            case Expr.ArrayCoerce c -> cast(c.arg(), c.form(), c.type(), c.typmod(), showImplicit, c);
            case Expr.ConvertRowtype c -> cast(c.arg(), c.form(), c.type(), -1, showImplicit, c);
            case Expr.CoerceToDomain c -> cast(c.arg(), c.form(), c.type(), c.typmod(), showImplicit, c);
            case Expr.Collate c -> collate(c, showImplicit);
            case Expr.Case c -> caseOf(c);
            case Expr.ArrayLiteral a -> array(a);
            case Expr.RowLiteral r -> rowLiteral(r);
            case Expr.RowComparison r -> rowComparison(r);
            case Expr.Coalesce c -> function("COALESCE(", c.args());
            case Expr.MinMax m -> function(m.greatest() ? "GREATEST(" : "LEAST(", m.args());
            case Expr.SqlValueFunction s -> d.calls.value(s);
            case Expr.NullTest n -> nullTest(n);
            case Expr.BooleanTest b -> booleanTest(b);
            case Expr.DomainValue _ -> out.add("VALUE");
            case Expr.SetToDefault _ -> out.add("DEFAULT");
            case Expr.NextValue n -> out.add("nextval(").add(DeparseConst.quote(d.names.relation(n.sequence())))
                    .add("::regclass)");
            case Expr.CurrentOf c -> out.add("CURRENT OF ").add(Identifiers.quote(c.cursor()));
            case Expr.SubLinkColumn _, Expr.MultiAssignColumn _, Expr.CaseTest _, Expr.InputColumn _, Expr.ExecParam _,
                 Expr.SubPlanCall _ -> throw SqlError.notSupported("cannot show " + expr.getClass().getSimpleName());
        }
    }

    private void function(String start, List<Expr> args) {
        out.add(start);
        d.list(args, a -> d.expr(a, true));
        out.add(')');
    }

    // ---- columns

    /** A parameter by its name, behind the function's where it could be taken for a column. */
    private void parameter(Expr.Param p) {
        String name = d.parameters.filter(n -> p.number() <= n.names().size()).map(n -> n.names().get(p.number() - 1)).orElse("");
        boolean tables = false;
        for (Optional<DeparseScope> at = Optional.of(d.scope); at.isPresent(); at = at.get().parent) {
            tables |= !at.get().query.rangeTable().isEmpty();
        }
        if (name.isEmpty()) {
            out.add("$" + p.number());
        } else {
            out.add(tables ? Identifiers.quote(d.parameters.orElseThrow().function()) + "." : "").add(Identifiers.quote(name));
        }
    }

    /** A column, with its table's name where needed; returns the column's own name, empty for a whole row. */
    String variable(Expr.Var v, int levelsFurtherUp, boolean topLevel) {
        DeparseScope scope = scope(v.levelsUp() + levelsFurtherUp);
        RangeEntry entry = scope.query.rangeTable().get(v.rangeIndex());
        if (entry instanceof RangeEntry.Join join && v.attribute() > 0 && !DeparseScope.isNamed(join)
                && join.columns().get(v.attribute() - 1) instanceof Expr.Var under) {
            return variable(under, v.levelsUp() + levelsFurtherUp, topLevel);
        }
        String table = scope.name(v.rangeIndex());
        String column = v.attribute() == 0 ? "" : v.attribute() < 0 ? systemColumn(v.attribute())
                : scope.column(v.rangeIndex(), v.attribute());
        boolean prefix = d.prefixed || column.isEmpty() || entry instanceof RangeEntry.Returned || misread(v, column);
        if (prefix && !table.isEmpty()) {
            out.add(Identifiers.quote(table)).add('.');
        }
        if (v.attribute() != 0) {
            out.add(column.isEmpty() ? "\"?dropped?column?\"" : Identifiers.quote(column));
        } else {
            out.add('*');
            if (topLevel) {
                out.add("::").add(d.names.type(v.type(), v.typmod()));
            }
        }
        return column;
    }

    private DeparseScope scope(int levelsUp) {
        DeparseScope scope = d.scope;
        for (int i = 0; i < levelsUp; i++) {
            scope = scope.parent.orElseThrow();
        }
        return scope;
    }

    /** Whether ORDER BY would take the bare name for another column of the select list. */
    private boolean misread(Expr.Var v, String column) {
        if (!d.inOrderBy || d.inGroupBy) {
            return false;
        }
        for (TargetEntry t : d.targets) {
            if (!t.junk() && t.name().equals(column) && !(t.expr() instanceof Expr.Var other
                    && other.rangeIndex() == v.rangeIndex() && other.attribute() == v.attribute()
                    && other.levelsUp() == v.levelsUp())) {
                return true;
            }
        }
        return false;
    }

    private static String systemColumn(int attribute) {
        return switch (attribute) {
            case -1 -> "ctid";
            case -2 -> "xmin";
            case -3 -> "cmin";
            case -4 -> "xmax";
            case -5 -> "cmax";
            default -> "tableoid";
        };
    }

    // ---- operators

    private void operator(Expr.OperatorCall o) {
        d.open();
        String name = d.names.operator(o.operator());
        if (o.args().size() == 2) {
            operand(o.args().getFirst(), true, o);
            out.add(' ').add(name).add(' ');
            operand(o.args().getLast(), true, o);
        } else {
            out.add(name).add(' ');
            operand(o.args().getFirst(), true, o);
        }
        d.close();
    }

    private void infix(List<Expr> args, String words, Expr parent) {
        d.open();
        operand(args.getFirst(), true, parent);
        out.add(words);
        operand(args.getLast(), true, parent);
        d.close();
    }

    private void arrayComparison(Expr.ArrayComparison a) {
        d.open();
        operand(a.scalar(), true, a);
        out.add(' ').add(d.names.operator(a.operator())).add(a.any() ? " ANY (" : " ALL (");
        operand(a.array(), true, a);
        if (a.array() instanceof Expr.SubLink s && s.kind() == Expr.SubLink.Kind.SCALAR) {
            out.add("::").add(d.names.type(a.array().type(), a.array().typmod()));
        }
        out.add(')');
        d.close();
    }

    private void bool(Expr.BoolExpr b) {
        d.open();
        if (b.op() == Expr.BoolExpr.Op.NOT) {
            out.add("NOT ");
            operand(b.args().getFirst(), false, b);
        } else {
            String separator = "";
            for (Expr arg : b.args()) {
                out.add(separator);
                operand(arg, false, b);
                separator = b.op() == Expr.BoolExpr.Op.AND ? " AND " : " OR ";
            }
        }
        d.close();
    }

    private void nullTest(Expr.NullTest n) {
        d.open();
        operand(n.arg(), true, n);
        boolean row = !n.rowArg() && d.context.catalog().type(n.arg().type()).map(t -> t.kind() == 'c'
                || t.name().equals("record")).orElse(false);
        out.add(row ? n.isNull() ? " IS NOT DISTINCT FROM NULL" : " IS DISTINCT FROM NULL"
                : n.isNull() ? " IS NULL" : " IS NOT NULL");
        d.close();
    }

    private void booleanTest(Expr.BooleanTest b) {
        d.open();
        operand(b.arg(), false, b);
        out.add(' ').add(b.kind().name().replace('_', ' '));
        d.close();
    }

    private void rowComparison(Expr.RowComparison r) {
        out.add("(ROW(");
        d.list(r.left(), e -> toplevel(e, true));
        out.add(") ").add(d.names.operator(r.operators().getFirst())).add(" ROW(");
        d.list(r.right(), e -> toplevel(e, true));
        out.add("))");
    }

    // ---- casts

    private void cast(Expr arg, CallForm form, int type, int typmod, boolean showImplicit, Expr parent) {
        if (form == CallForm.IMPLICIT_CAST && !showImplicit) {
            operand(arg, false, parent);
        } else {
            coercion(arg, type, typmod, parent);
        }
    }

    /** {@code (arg)::type}. */
    void coercion(Expr arg, int type, int typmod, Expr parent) {
        if (arg instanceof Expr.Const c && c.type() == type && c.typmod() == -1) {
            d.consts.write(c, DeparseConst.Label.NEVER);
        } else {
            d.open();
            operand(arg, false, parent);
            d.close();
        }
        out.add("::").add(d.names.type(type, typmod));
    }

    private void collate(Expr.Collate c, boolean showImplicit) {
        d.open();
        operand(c.arg(), showImplicit, c);
        out.add(" COLLATE ").add(d.names.collation(c.collation()));
        d.close();
    }

    // ---- composite things

    private void caseOf(Expr.Case c) {
        out.keyword("CASE", 0, DeparseText.VAR, 0);
        c.arg().ifPresent(arg -> {
            out.add(' ');
            d.expr(arg, true);
        });
        for (Expr.When w : c.whens()) {
            space();
            out.keyword("WHEN ", 0, 0, 0);
            d.expr(c.arg().isPresent() ? compared(w.condition()) : w.condition(), false);
            out.add(" THEN ");
            d.expr(w.result(), true);
        }
        space();
        out.keyword("ELSE ", 0, 0, 0);
        d.expr(c.otherwise(), true);
        space();
        out.keyword("END", -DeparseText.VAR, 0, 0);
    }

    private void space() {
        if (!out.indented()) {
            out.add(' ');
        }
    }

    /** The value that CASE's argument is compared with. */
    private static Expr compared(Expr condition) {
        return condition instanceof Expr.OperatorCall o && o.args().size() == 2
                && stripped(o.args().getFirst()) instanceof Expr.CaseTest ? o.args().getLast() : condition;
    }

    /** An expression without the implicit casts around it. */
    static Expr stripped(Expr expr) {
        return switch (expr) {
            case Expr.Relabel r when r.form() == CallForm.IMPLICIT_CAST -> stripped(r.arg());
            case Expr.CoerceViaIo c when c.form() == CallForm.IMPLICIT_CAST -> stripped(c.arg());
            case Expr.ArrayCoerce c when c.form() == CallForm.IMPLICIT_CAST -> stripped(c.arg());
            case Expr.FunctionCall f when f.form() == CallForm.IMPLICIT_CAST -> stripped(f.args().getFirst());
            default -> expr;
        };
    }

    private void array(Expr.ArrayLiteral a) {
        out.add("ARRAY[");
        d.list(a.elements(), e -> d.expr(e, true));
        out.add(']');
        if (a.elements().isEmpty()) {
            out.add("::").add(d.names.type(a.type(), -1));
        }
    }

    private void rowLiteral(Expr.RowLiteral r) {
        row(r.args());
        if (r.form() == CallForm.EXPLICIT_CAST) {
            out.add("::").add(d.names.type(r.type(), -1));
        }
    }

    private void row(List<Expr> values) {
        out.add("ROW(");
        d.list(values, e -> toplevel(e, true));
        out.add(')');
    }

    private void subscript(Expr.Subscript s) {
        boolean parentheses = !(s.container() instanceof Expr.Var) && !(s.container() instanceof Expr.FieldSelect);
        out.add(parentheses ? "(" : "");
        d.expr(s.container(), true);
        out.add(parentheses ? ")" : "");
        for (int i = 0; i < s.upper().size(); i++) {
            out.add('[');
            if (s.lower().isPresent()) {
                s.lower().get().get(i).ifPresent(e -> d.expr(e, false));
                out.add(':');
            }
            s.upper().get(i).ifPresent(e -> d.expr(e, false));
            out.add(']');
        }
    }

    private void field(Expr.FieldSelect f) {
        boolean parentheses = !(f.arg() instanceof Expr.Subscript) && !(f.arg() instanceof Expr.FieldSelect);
        out.add(parentheses ? "(" : "");
        d.expr(f.arg(), true);
        out.add(parentheses ? ")" : "").add('.').add(Identifiers.quote(fieldName(f)));
    }

    private String fieldName(Expr.FieldSelect f) {
        Optional<String> ofRelation = d.context.catalog().type(f.arg().type()).filter(t -> t.relation() != 0)
                .map(TypeRow::relation).flatMap(r -> d.context.catalog().relation(r))
                .map(r -> r.column(f.field())).map(Relation.Column::name);
        return ofRelation.orElseGet(() -> recordField(f.arg(), f.field(), d.scope));
    }

    /** The name of a field of an anonymous record: what made the record knows it. */
    private String recordField(Expr record, int field, DeparseScope from) {
        return switch (record) {
            case Expr.RowLiteral row when field <= row.names().size() -> row.names().get(field - 1);
            case Expr.FunctionCall call -> d.calls.outputName(call.function(), field);
            case Expr.Var v -> recordField(v, field, from);
            default -> "f" + field;
        };
    }

    private String recordField(Expr.Var v, int field, DeparseScope from) {
        DeparseScope scope = from;
        for (int i = 0; i < v.levelsUp(); i++) {
            scope = scope.parent.orElseThrow();
        }
        if (v.attribute() == 0) {
            return scope.column(v.rangeIndex(), field);
        }
        DeparseScope at = scope;
        return switch (scope.query.rangeTable().get(v.rangeIndex())) {
            case RangeEntry.Subquery s -> recordField(s.query().targets().get(v.attribute() - 1).expr(), field,
                    new DeparseScope(s.query(), Optional.of(at), d.context));
            case RangeEntry.Join j -> recordField(j.columns().get(v.attribute() - 1), field, at);
            case RangeEntry.Functions f when f.functions().size() == 1 ->
                    recordField(f.functions().getFirst().call(), field, at);
            case RangeEntry.CteReference c -> at.commonTable(c).map(t -> recordField(
                    t.query().targets().get(v.attribute() - 1).expr(), field,
                    new DeparseScope(t.query(), Optional.of(at), d.context))).orElse("f" + field);
            default -> "f" + field;
        };
    }

    // ---- subqueries

    private void subLink(Expr.SubLink s) {
        out.add(s.kind() == Expr.SubLink.Kind.ARRAY ? "ARRAY(" : "(");
        String operator = s.test().isPresent() ? test(s.test().get()) : "";
        boolean parentheses = true;
        switch (s.kind()) {
            case EXISTS -> out.add("EXISTS ");
            case ANY -> out.add(operator.equals("=") ? " IN " : " " + operator + " ANY ");
            case ALL -> out.add(" ").add(operator).add(" ALL ");
            case ROW_COMPARE -> out.add(" ").add(operator).add(" ");
            case SCALAR, MULTI_ASSIGN, ARRAY -> parentheses = false;
        }
        out.add(parentheses ? "(" : "");
        d.subquery(s.query(), false, List.of());
        out.add(parentheses ? "))" : ")");
    }

    /** Writes what is compared with the subquery's columns and returns the operator's name. */
    private String test(Expr test) {
        switch (test) {
            case Expr.OperatorCall o -> {
                d.expr(o.args().getFirst(), true);
                return d.names.operator(o.operator());
            }
            case Expr.BoolExpr b -> {
                out.add('(');
                d.list(b.args(), e -> d.expr(((Expr.OperatorCall) e).args().getFirst(), true));
                out.add(')');
                return d.names.operator(((Expr.OperatorCall) b.args().getFirst()).operator());
            }
            case Expr.RowComparison r -> {
                out.add('(');
                d.list(r.left(), e -> d.expr(e, true));
                out.add(')');
                return d.names.operator(r.operators().getFirst());
            }
            default -> throw SqlError.notSupported("cannot show a subquery's test");
        }
    }
}
