package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AArrayExpr;
import org.gajah.ast.AConst;
import org.gajah.ast.AExpr;
import org.gajah.ast.AIndirection;
import org.gajah.ast.Between;
import org.gajah.ast.BoolExpr;
import org.gajah.ast.BooleanTest;
import org.gajah.ast.CaseExpr;
import org.gajah.ast.CoalesceExpr;
import org.gajah.ast.CollateClause;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.CurrentOf;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.GroupingFunc;
import org.gajah.ast.InList;
import org.gajah.ast.JsonPredicate;
import org.gajah.ast.MinMaxExpr;
import org.gajah.ast.NamedArg;
import org.gajah.ast.NullTest;
import org.gajah.ast.ParamRef;
import org.gajah.ast.RowExpr;
import org.gajah.ast.SetToDefault;
import org.gajah.ast.SqlValueFunction;
import org.gajah.ast.SubLink;
import org.gajah.ast.TypeCast;
import org.gajah.ast.UnsupportedExpr;
import org.gajah.base.Slice;
import org.gajah.type.Oids;

/** Analyzes value expressions: one method a form of expression. */
final class Expressions {
    private static final int MAX_ROW_FIELDS = 1664;

    private final Analysis a;
    private final RowComparisons rows;
    private final Subscripts subscripts;
    private final SubLinks subLinks;
    private final Conditionals conditionals;

    Expressions(Analysis analysis) {
        a = analysis;
        rows = new RowComparisons(analysis);
        subscripts = new Subscripts(analysis);
        subLinks = new SubLinks(analysis);
        conditionals = new Conditionals(analysis);
    }

    /** An expression in its place. */
    Expr analyze(Scope scope, Expression e, ExprKind kind) {
        ExprKind outer = scope.kind;
        scope.kind = kind;
        Expr made = analyze(scope, e);
        scope.kind = outer;
        return made;
    }

    /** An expression in the place at hand. */
    Expr analyze(Scope scope, Expression e) {
        a.guard.enter();
        Expr made = dispatch(scope, e);
        a.guard.leave();
        return made;
    }

    private Expr dispatch(Scope scope, Expression e) {
        return switch (e) {
            case AConst c -> constant(c);
            case ColumnRef c -> a.columnRefs.resolve(scope, c);
            case ParamRef p -> parameter(p);
            case TypeCast c -> cast(scope, c);
            case AExpr x -> operator(scope, x);
            case BoolExpr b -> bool(scope, b);
            case InList l -> in(scope, l);
            case Between b -> between(scope, b);
            case FuncCall f -> a.functionCalls.analyze(scope, f);
            case AIndirection i -> subscripts.indirection(scope, i);
            case AArrayExpr x -> subscripts.array(scope, x, 0, 0, -1);
            case RowExpr r -> row(scope, r);
            case SubLink s -> subLinks.analyze(scope, s);
            case CaseExpr c -> conditionals.caseOf(scope, c);
            case CoalesceExpr c -> conditionals.coalesce(scope, c);
            case MinMaxExpr m -> conditionals.minMax(scope, m);
            case NullTest t -> nullTest(analyze(scope, t.argument()), !t.isNot(), t.location());
            case BooleanTest t -> booleanTest(scope, t);
            case CollateClause c -> collate(scope, c);
            case SqlValueFunction f -> valueFunction(f);
            case GroupingFunc g -> a.aggregates.grouping(scope, g);
            case CurrentOf c -> currentOf(scope, c);
            case SetToDefault d -> throw new SqlError(SqlState.SYNTAX_ERROR, "DEFAULT is not allowed in this context").at(d.location());
            case NamedArg n -> analyze(scope, n.value());
            case JsonPredicate j -> throw SqlError.notSupported("IS JSON is not implemented yet").at(j.location());
            case UnsupportedExpr u -> throw SqlError.notSupported(u.feature() + " is not implemented yet").at(u.location());
        };
    }

    private Expr constant(AConst c) {
        return switch (c) {
            case AConst.Null n -> new Expr.Const(Oids.UNKNOWN, -1, 0, null, n.location());
            case AConst.Bool b -> new Expr.Const(Oids.BOOL, -1, 0, b.value(), b.location());
            case AConst.Int i -> new Expr.Const(Oids.INT4, -1, 0, i.value(), i.location());
            case AConst.Float f -> a.literals.number(f.text(), f.location());
            case AConst.Text t -> new Expr.Const(Oids.UNKNOWN, -1, 0, t.value(), t.location());
            case AConst.Bit b -> new Expr.Const(Oids.BIT, -1, 0, a.literals.parse(Oids.BIT, -1, Slice.of(b.text()), b.location()),
                    b.location());
        };
    }

    private Expr parameter(ParamRef p) {
        int type = a.context.parameters().typeOf(p.number(), p.location());
        return new Expr.Param(p.number(), type, -1, a.types.collation(type), p.location());
    }

    Expr cast(Scope scope, TypeCast c) {
        Types.Typed target = a.typeNames.resolve(c.type());
        Expr arg;
        if (c.argument() instanceof AArrayExpr array) {
            Types.Typed base = a.types.base(target.type(), target.typmod());
            int element = a.types.element(base.type());
            arg = element == 0 ? analyze(scope, array) : subscripts.array(scope, array, base.type(), element, base.typmod());
        } else {
            arg = analyze(scope, c.argument());
        }
        int location = c.location() != 0 ? c.location() : c.type().location();
        return a.coercer.coerceToTarget(arg, target.type(), target.typmod(), CoercionContext.EXPLICIT, Expr.CallForm.EXPLICIT_CAST, location)
                .orElseThrow(() -> a.coercer.cannotCast(arg.type(), target.type(), location));
    }

    private Expr operator(Scope scope, AExpr x) {
        return switch (x.kind()) {
            case OP -> plain(scope, x);
            case LIKE, ILIKE, SIMILAR -> infix(scope, x);
            case OP_ANY, OP_ALL -> a.operatorCalls.arrayComparison(x.name(), x.kind() == AExpr.Kind.OP_ANY,
                    analyze(scope, x.left().orElseThrow()), analyze(scope, x.right()), x.location());
            case DISTINCT -> distinct(scope, x);
            case NOT_DISTINCT -> new Expr.BoolExpr(Expr.BoolExpr.Op.NOT, List.of(distinct(scope, x)), x.location());
            case NULLIF -> a.operatorCalls.nullIf(x.name(), analyze(scope, x.left().orElseThrow()), analyze(scope, x.right()),
                    x.location());
        };
    }

    private Expr plain(Scope scope, AExpr x) {
        if (x.left().isEmpty()) {
            Optional<Scope.SetCall> before = scope.lastSet;
            return called(scope, a.operatorCalls.prefix(x.name(), analyze(scope, x.right()), x.location()), before);
        }
        if (x.left().get() instanceof RowExpr left && x.right() instanceof SubLink s && s.kind() == SubLink.Kind.EXPR) {
            return subLinks.rowCompare(scope, left, x.name(), s, x.location());
        }
        if (x.left().get() instanceof RowExpr left && x.right() instanceof RowExpr right) {
            return rows.compare(scope, x.name(), analyzeAll(scope, left.fields()), analyzeAll(scope, right.fields()), x.location());
        }
        return infix(scope, x);
    }

    private Expr infix(Scope scope, AExpr x) {
        Optional<Scope.SetCall> before = scope.lastSet;
        Expr left = analyze(scope, x.left().orElseThrow());
        Expr right = analyze(scope, x.right());
        return called(scope, a.operatorCalls.infix(x.name(), left, right, x.location()), before);
    }

    private Expr called(Scope scope, Expr.OperatorCall call, Optional<Scope.SetCall> before) {
        if (call.returnsSet()) {
            a.functionCalls.checkSetPlacement(scope, before, call.location());
            scope.lastSet = Optional.of(new Scope.SetCall(call));
        }
        return call;
    }

    private Expr distinct(Scope scope, AExpr x) {
        Expression left = x.left().orElseThrow();
        if (x.right() instanceof AConst.Null) {
            return nullTest(analyze(scope, left), false, x.location());
        }
        if (left instanceof AConst.Null) {
            return nullTest(analyze(scope, x.right()), false, x.location());
        }
        if (left instanceof RowExpr l && x.right() instanceof RowExpr r) {
            return rows.distinct(scope, x.name(), analyzeAll(scope, l.fields()), analyzeAll(scope, r.fields()), x.location());
        }
        return a.operatorCalls.distinct(x.name(), analyze(scope, left), analyze(scope, x.right()), x.location());
    }

    private Expr bool(Scope scope, BoolExpr b) {
        String name = b.kind().name();
        List<Expr> args = new ArrayList<>();
        for (Expression arg : b.arguments()) {
            args.add(a.coercer.coerceToBoolean(analyze(scope, arg), name));
        }
        return new Expr.BoolExpr(Expr.BoolExpr.Op.valueOf(name), args, b.location());
    }

    private Expr in(Scope scope, InList l) {
        List<String> name = List.of(l.negated() ? "<>" : "=");
        Expr left = analyze(scope, l.left());
        List<Expr> items = analyzeEach(scope, l.items());
        List<Expr> plain = items.stream().filter(i -> !ExprFacts.containsVar(i)).toList();
        List<Expr> rest = items;
        List<Expr> tests = new ArrayList<>();
        if (plain.size() > 1) {
            Optional<Expr> array = inArray(name, l.negated(), left, plain, l.location());
            if (array.isPresent()) {
                tests.add(array.get());
                rest = items.stream().filter(ExprFacts::containsVar).toList();
            }
        }
        for (Expr item : rest) {
            Expr test = left instanceof Expr.RowLiteral lr && item instanceof Expr.RowLiteral rr
                    ? rows.compare(scope, name, lr.args(), rr.args(), l.location())
                    : a.operatorCalls.infix(name, left, item, l.location());
            tests.add(a.coercer.coerceToBoolean(test, "IN"));
        }
        return tests.size() == 1 ? tests.getFirst()
                : new Expr.BoolExpr(l.negated() ? Expr.BoolExpr.Op.AND : Expr.BoolExpr.Op.OR, tests, l.location());
    }

    /** IN over several constants is = ANY over an array of them, if they and the left side have a type in common. */
    private Optional<Expr> inArray(List<String> name, boolean negated, Expr left, List<Expr> items, int location) {
        List<Expr> all = new ArrayList<>();
        all.add(left);
        all.addAll(items);
        int type = a.common.selectOrNone(OperatorCalls.typesOf(all));
        if (type == 0 || type == Oids.RECORD || !a.common.fits(type, all) || a.types.arrayOf(type) == 0) {
            return Optional.empty();
        }
        List<Expr> elements = a.common.coerceAll(items, type, "IN");
        Expr array = new Expr.ArrayLiteral(a.types.arrayOf(type), 0, type, elements, false, 0);
        return Optional.of(a.operatorCalls.arrayComparison(name, !negated, left, array, location));
    }

    private Expr between(Scope scope, Between b) {
        Expression value = b.value();
        Expression within = range(value, b.low(), b.high(), b.location(), b.negated());
        if (b.symmetric()) {
            Expression swapped = range(value, b.high(), b.low(), b.location(), b.negated());
            within = new BoolExpr(b.negated() ? BoolExpr.Kind.AND : BoolExpr.Kind.OR, List.of(within, swapped), b.location());
        }
        return analyze(scope, within);
    }

    private static Expression range(Expression value, Expression low, Expression high, int location, boolean negated) {
        Expression above = new AExpr(AExpr.Kind.OP, List.of(negated ? "<" : ">="), Optional.of(value), low, location);
        Expression below = new AExpr(AExpr.Kind.OP, List.of(negated ? ">" : "<="), Optional.of(value), high, location);
        return new BoolExpr(negated ? BoolExpr.Kind.OR : BoolExpr.Kind.AND, List.of(above, below), location);
    }

    /** Each by itself: {@code t.*} is then the whole row. */
    List<Expr> analyzeEach(Scope scope, List<Expression> list) {
        List<Expr> made = new ArrayList<>(list.size());
        for (Expression e : list) {
            made.add(analyze(scope, e));
        }
        return made;
    }

    /** A list in which {@code t.*} stands for all columns: of ROW and VALUES. */
    List<Expr> analyzeAll(Scope scope, List<Expression> list) {
        List<Expr> made = new ArrayList<>(list.size());
        for (Expression e : list) {
            if (e instanceof ColumnRef c && c.star()) {
                List<TargetEntry> columns = c.fields().isEmpty() ? a.columnRefs.star(scope, c.location())
                        : a.columnRefs.qualifiedStar(scope, c);
                columns.forEach(t -> made.add(t.expr()));
            } else {
                made.add(analyze(scope, e));
            }
        }
        return made;
    }

    private Expr row(Scope scope, RowExpr r) {
        List<Expr> fields = analyzeAll(scope, r.fields());
        if (fields.size() > MAX_ROW_FIELDS) {
            throw new SqlError(SqlState.TOO_MANY_COLUMNS, "ROW expressions can have at most " + MAX_ROW_FIELDS + " entries").at(r.location());
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= fields.size(); i++) {
            names.add("f" + i);
        }
        return new Expr.RowLiteral(fields, Oids.RECORD, names, r.explicitRow() ? Expr.CallForm.EXPLICIT_CALL : Expr.CallForm.IMPLICIT_CAST,
                r.location());
    }

    Expr nullTest(Expr arg, boolean isNull, int location) {
        return new Expr.NullTest(arg, isNull, a.types.isRow(arg.type()), location);
    }

    private Expr booleanTest(Scope scope, BooleanTest t) {
        String construct = t.kind().name().replace('_', ' ');
        Expr arg = a.coercer.coerceToBoolean(analyze(scope, t.argument()), construct);
        return new Expr.BooleanTest(arg, Expr.BooleanTest.Kind.valueOf(t.kind().name()), t.location());
    }

    private Expr collate(Scope scope, CollateClause c) {
        Expr arg = analyze(scope, c.argument());
        if (!a.types.collatable(arg.type()) && arg.type() != Oids.UNKNOWN) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "collations are not supported by type " + a.types.name(arg.type()))
                    .at(c.location());
        }
        return new Expr.Collate(arg, a.typeNames.collation(c.collation(), c.location()), c.location());
    }

    private Expr valueFunction(SqlValueFunction f) {
        String name = f.kind().name();
        int typmod = -1;
        if (f.precision().isPresent()) {
            name += "_N";
            int type = switch (f.kind()) {
                case CURRENT_TIME -> Oids.TIMETZ;
                case CURRENT_TIMESTAMP -> Oids.TIMESTAMPTZ;
                case LOCALTIME -> Oids.TIME;
                default -> Oids.TIMESTAMP;
            };
            typmod = TypeModifiers.pack(type, List.of(f.precision().getAsInt()), a.notices).orElse(-1);
        }
        Expr.SqlValueFunction.Kind kind = Expr.SqlValueFunction.Kind.valueOf(name);
        int type = switch (kind) {
            case CURRENT_DATE -> Oids.DATE;
            case CURRENT_TIME, CURRENT_TIME_N -> Oids.TIMETZ;
            case CURRENT_TIMESTAMP, CURRENT_TIMESTAMP_N -> Oids.TIMESTAMPTZ;
            case LOCALTIME, LOCALTIME_N -> Oids.TIME;
            case LOCALTIMESTAMP, LOCALTIMESTAMP_N -> Oids.TIMESTAMP;
            case CURRENT_ROLE, CURRENT_USER, USER, SESSION_USER, CURRENT_CATALOG, CURRENT_SCHEMA -> Oids.NAME;
        };
        return new Expr.SqlValueFunction(kind, type, typmod, a.types.collation(type), f.location());
    }

    private Expr currentOf(Scope scope, CurrentOf c) {
        int parameter = a.context.variables().find(new ColumnRef(List.of(c.cursor()), false, c.location()))
                .map(v -> v instanceof Expr.Param p && p.type() == Oids.REFCURSOR ? p.number() : 0).orElse(0);
        return new Expr.CurrentOf(scope.target.map(t -> t.rangeIndex).orElse(0), c.cursor(), parameter);
    }
}
