package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.NamedArg;
import org.gajah.ast.SortBy;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/** Calls: of functions, aggregates and window functions, casts written as calls, and columns written as functions. */
final class FunctionCalls {
    private static final int MAX_ARGUMENTS = 100;

    private final Analysis a;

    /** A call whose function is known and whose arguments are coerced. */
    record Call(FuncCall written, ProcRow function, List<Expr> args, int type, boolean variadic, int writtenArgs) {
    }

    FunctionCalls(Analysis analysis) {
        a = analysis;
    }

    Expr analyze(Scope scope, FuncCall f) {
        return analyze(scope, f, false);
    }

    /** {@code procedure} for CALL. */
    Expr analyze(Scope scope, FuncCall f, boolean procedure) {
        if (f.name().equals(List.of("pg_catalog", "merge_action"))) {
            throw SqlError.notSupported("MERGE_ACTION() is not implemented yet").at(f.location());
        }
        Optional<Scope.SetCall> before = scope.lastSet;
        List<String> argNames = argNames(f);
        List<Expr> args = a.expressions.analyzeEach(scope, f.arguments());
        if (argNames.isEmpty() && !f.withinGroup()) {
            // JDBC drivers send OUT parameters as parameters of type void: a function has none, a procedure wants a null for them.
            args.removeIf(arg -> !procedure && isVoidParameter(arg));
            args.replaceAll(arg -> isVoidParameter(arg) ? new Expr.Const(Oids.UNKNOWN, -1, 0, null, 0) : arg);
        }
        if (f.withinGroup()) {
            for (SortBy sort : f.order()) {
                args.add(a.expressions.analyze(scope, sort.expression(), ExprKind.ORDER_BY));
            }
        }
        if (args.size() > MAX_ARGUMENTS) {
            throw new SqlError(SqlState.TOO_MANY_ARGUMENTS, "cannot pass more than 100 arguments to a function").at(f.location());
        }
        Optional<Expr> filter = f.filter().map(e -> a.coercer.coerceToBoolean(
                a.expressions.analyze(scope, e, ExprKind.FILTER), "FILTER"));
        FunctionLookup.Found found;
        try {
            found = a.functions.find(f.name(), args, OperatorCalls.typesOf(args), argNames, !f.variadic(), procedure);
        } catch (SqlError error) {
            throw error.position() == 0 ? error.at(f.location()) : error;
        }
        return switch (found) {
            case FunctionLookup.Found.Cast c -> castCall(f, args.getFirst(), c.type());
            case FunctionLookup.Found.Function function -> {
                checkKind(f, function.candidate().row(), procedure, args);
                Call call = fill(f, function.candidate(), args);
                yield finish(scope, call, filter, before);
            }
            case FunctionLookup.Found.Ambiguous ignored -> projection(scope, f, args).orElseThrow(() -> ambiguous(f, args, argNames));
            case FunctionLookup.Found.None ignored -> projection(scope, f, args).orElseThrow(() -> undefined(f, args, argNames, procedure));
        };
    }

    private SqlError ambiguous(FuncCall f, List<Expr> args, List<String> argNames) {
        return new SqlError(SqlState.AMBIGUOUS_FUNCTION, "function "
                + a.functions.signature(f.name(), OperatorCalls.typesOf(args), argNames) + " is not unique")
                .hint("Could not choose a best candidate function. You might need to add explicit type casts.").at(f.location());
    }

    private SqlError undefined(FuncCall f, List<Expr> args, List<String> argNames, boolean procedure) {
        SqlError error = a.functions.undefined(f.name(), OperatorCalls.typesOf(args), argNames, procedure, f.location());
        return f.order().size() > 1 && !f.withinGroup() ? error.hint("No aggregate function matches the given name and argument types. "
                + "Perhaps you misplaced ORDER BY; ORDER BY must appear after all regular arguments of the aggregate.") : error;
    }

    private static List<String> argNames(FuncCall f) {
        List<String> names = new ArrayList<>();
        for (Expression arg : f.arguments()) {
            if (arg instanceof NamedArg n) {
                if (names.contains(n.name())) {
                    throw new SqlError(SqlState.SYNTAX_ERROR, "argument name \"" + n.name() + "\" used more than once").at(n.location());
                }
                names.add(n.name());
            } else if (!names.isEmpty()) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "positional argument cannot follow named argument").at(arg.location());
            }
        }
        return names;
    }

    private static boolean isVoidParameter(Expr arg) {
        return arg instanceof Expr.Param && arg.type() == Oids.VOID;
    }

    private Expr castCall(FuncCall f, Expr arg, int type) {
        String name = String.join(".", f.name());
        refuseAggregateSyntax(f, name);
        return a.coercer.coerce(arg, type, -1, CoercionContext.EXPLICIT, Expr.CallForm.EXPLICIT_CALL, f.location());
    }

    private static void refuseAggregateSyntax(FuncCall f, String name) {
        String wrong = f.star() ? name + "(*)" : f.distinct() ? "DISTINCT" : f.withinGroup() ? "WITHIN GROUP"
                : !f.order().isEmpty() ? "ORDER BY" : f.filter().isPresent() ? "FILTER" : "";
        if (!wrong.isEmpty()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, wrong + " specified, but " + name + " is not an aggregate function")
                    .at(f.location());
        }
    }

    private static void refuseOver(FuncCall f, String name) {
        if (f.over().isPresent()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "OVER specified, but " + name
                    + " is not a window function nor an aggregate function").at(f.location());
        }
    }

    /** {@code f(row)} as {@code row.f}. */
    private Optional<Expr> projection(Scope scope, FuncCall f, List<Expr> args) {
        boolean plain = args.size() == 1 && f.name().size() == 1 && f.order().isEmpty() && f.filter().isEmpty() && !f.star()
                && !f.distinct() && f.over().isEmpty() && !f.variadic() && a.types.isRow(args.getFirst().type());
        return plain ? field(scope, f.name().getFirst(), args.getFirst(), f.location()) : Optional.empty();
    }

    /** {@code arg.name}: a column of a row, else a function of that name over it. */
    Optional<Expr> asColumn(Scope scope, String name, Expr arg, int location) {
        if (a.types.isRow(arg.type())) {
            Optional<Expr> field = field(scope, name, arg, location);
            if (field.isPresent()) {
                return field;
            }
        }
        FunctionLookup.Found found = a.functions.find(List.of(name), List.of(arg), List.of(arg.type()), List.of(), true, false);
        FuncCall written = FuncCall.of(List.of(name), List.of(), location);
        return switch (found) {
            case FunctionLookup.Found.Function function when function.candidate().row().kind() == 'f' -> {
                Optional<Scope.SetCall> before = scope.lastSet;
                yield Optional.of(finish(scope, fill(written, function.candidate(), List.of(arg)), Optional.empty(), before));
            }
            case FunctionLookup.Found.Cast c -> Optional.of(castCall(written, arg, c.type()));
            case FunctionLookup.Found.Function ignored -> Optional.empty();
            case FunctionLookup.Found.Ambiguous ignored -> Optional.empty();
            case FunctionLookup.Found.None ignored -> Optional.empty();
        };
    }

    private Optional<Expr> field(Scope scope, String name, Expr arg, int location) {
        if (arg instanceof Expr.Var v && v.attribute() == 0) {
            for (NamespaceItem item : scope.up(v.levelsUp()).namespace) {
                if (item.rangeIndex == v.rangeIndex()) {
                    return a.columnRefs.column(scope, new ColumnRefs.Item(item, v.levelsUp()), name, location);
                }
            }
        }
        for (RowShape.Field f : a.rowShapes.of(scope, arg)) {
            if (f.name().equals(name)) {
                return Optional.of(new Expr.FieldSelect(arg, f.number(), f.type(), f.typmod(), f.collation()));
            }
        }
        return Optional.empty();
    }

    /** Adds defaults, packs variadics, settles polymorphic types, coerces. */
    private Call fill(FuncCall f, FunctionLookup.Candidate c, List<Expr> given) {
        ProcRow row = c.row();
        List<Expr> args = new ArrayList<>();
        List<Integer> declared = new ArrayList<>(c.args());
        if (c.argNumbers().isEmpty()) {
            args.addAll(given);
            if (c.defaults() > 0) {
                List<Expr> defaults = a.stored.defaults(row);
                int first = row.argTypes().size() - row.defaultCount();
                for (int i = given.size(); i < row.argTypes().size(); i++) {
                    args.add(defaults.get(i - first));
                    declared.add(row.argTypes().get(i));
                }
            }
        } else {
            placeNamed(c, given, args);
            declared = new ArrayList<>(row.argTypes());
        }
        Polymorphism.Resolved resolved = a.polymorphism.enforce(OperatorCalls.typesOf(args), declared, row.returnType(), false);
        List<Expr> coerced = a.operatorCalls.arguments(args, resolved.parameters());
        int writtenArgs = given.size();
        if (c.variadics() > 0 && row.variadic() != Oids.ANY) {
            coerced = packVariadic(coerced, c.variadics(), f.location());
        }
        if (f.variadic() && row.variadic() == Oids.ANY && a.types.baseElement(coerced.getLast().type()) == 0) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "VARIADIC argument must be an array").at(Locations.of(coerced.getLast()));
        }
        boolean variadic = f.variadic() || c.variadics() > 0 && row.variadic() != Oids.ANY;
        return new Call(f, row, coerced, resolved.result(), variadic, writtenArgs);
    }

    private void placeNamed(FunctionLookup.Candidate c, List<Expr> given, List<Expr> args) {
        ProcRow row = c.row();
        int first = row.argTypes().size() - row.defaultCount();
        List<Expr> defaults = row.defaultCount() == 0 ? List.of() : a.stored.defaults(row);
        for (int i = 0; i < row.argTypes().size(); i++) {
            int at = c.argNumbers().indexOf(i);
            args.add(at >= 0 ? given.get(at) : defaults.get(i - first));
        }
    }

    private List<Expr> packVariadic(List<Expr> args, int count, int location) {
        List<Expr> kept = new ArrayList<>(args.subList(0, args.size() - count));
        List<Expr> packed = args.subList(args.size() - count, args.size());
        int element = packed.getFirst().type();
        int array = a.types.arrayOf(element);
        if (array == 0) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "could not find array type for data type " + a.types.name(element)).at(location);
        }
        kept.add(new Expr.ArrayLiteral(array, 0, element, packed, false, 0));
        return kept;
    }

    /** What the kind of function found does not go with. */
    private void checkKind(FuncCall f, ProcRow row, boolean procedure, List<Expr> args) {
        String name = String.join(".", f.name());
        if (procedure != (row.kind() == 'p')) {
            String signature = a.functions.signature(f.name(), OperatorCalls.typesOf(args), List.of());
            throw procedure ? new SqlError(SqlState.WRONG_OBJECT_TYPE, signature + " is not a procedure")
                    .hint("To call a function, use SELECT.").at(f.location())
                    : new SqlError(SqlState.WRONG_OBJECT_TYPE, signature + " is a procedure").hint("To call a procedure, use CALL.")
                            .at(f.location());
        }
        if (row.kind() == 'w' && f.over().isEmpty()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "window function " + name + " requires an OVER clause").at(f.location());
        }
        if (row.kind() == 'f' || row.kind() == 'p') {
            refuseAggregateSyntax(f, name);
            refuseOver(f, name);
        }
        if (row.kind() == 'a') {
            a.aggregates.checkKind(f, row, name, OperatorCalls.typesOf(args));
        }
    }

    private Expr finish(Scope scope, Call call, Optional<Expr> filter, Optional<Scope.SetCall> before) {
        FuncCall f = call.written();
        ProcRow row = call.function();
        return switch (row.kind()) {
            case 'a' -> f.over().isPresent() ? a.windows.aggregateCall(scope, call, filter) : a.aggregates.call(scope, call, filter);
            case 'w' -> a.windows.call(scope, call, filter);
            default -> {
                Expr.FunctionCall made = new Expr.FunctionCall(row.oid(), call.type(), -1, row.returnsSet(), call.variadic(),
                        f.sqlSyntax() ? Expr.CallForm.SQL_SYNTAX : Expr.CallForm.EXPLICIT_CALL, 0, 0, call.args(), f.location());
                if (row.returnsSet()) {
                    checkSetPlacement(scope, before, f.location());
                    scope.lastSet = Optional.of(new Scope.SetCall(made));
                }
                yield made;
            }
        };
    }

    /** A set-returning function may stand in target lists and at the top of FROM's functions, hardly anywhere else. */
    void checkSetPlacement(Scope scope, Optional<Scope.SetCall> before, int location) {
        if (scope.kind == ExprKind.FROM_FUNCTION && !before.equals(scope.lastSet)) {
            throw SqlError.notSupported("set-returning functions must appear at top level of FROM")
                    .at(Locations.of(scope.lastSet.orElseThrow().call()));
        }
        if (scope.kind.sets) {
            scope.hasTargetSets |= scope.kind != ExprKind.FROM_FUNCTION;
            return;
        }
        String place = scope.kind.isWindowDefinition() ? "window definitions" : scope.kind.text;
        throw SqlError.notSupported("set-returning functions are not allowed in " + place).at(location);
    }

    /** The columns of a relation that a composite type names. */
    static List<Relation.Column> live(Relation relation) {
        return relation.columns().stream().filter(c -> !c.dropped()).toList();
    }
}
