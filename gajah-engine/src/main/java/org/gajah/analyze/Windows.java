package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FuncCall;
import org.gajah.ast.WindowDef;
import org.gajah.catalog.AggregateRow;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.type.Oids;

/** Window function calls, and the windows of a query. */
final class Windows {
    private static final int BTREE = 403;
    private static final int IN_RANGE = 3;

    private final Analysis a;

    Windows(Analysis analysis) {
        a = analysis;
    }

    Expr aggregateCall(Scope scope, FunctionCalls.Call call, Optional<Expr> filter) {
        FuncCall f = call.written();
        String name = String.join(".", f.name());
        AggregateRow row = a.catalog.aggregate(call.function().oid()).orElseThrow();
        if (row.kind() != 'n') {
            throw SqlError.notSupported("OVER is not supported for ordered-set aggregate " + name).at(f.location());
        }
        Aggregates.checkForm(call, name);
        return make(scope, call, filter, true);
    }

    Expr call(Scope scope, FunctionCalls.Call call, Optional<Expr> filter) {
        FuncCall f = call.written();
        if (f.withinGroup()) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "window function " + String.join(".", f.name())
                    + " cannot have WITHIN GROUP").at(f.location());
        }
        if (filter.isPresent()) {
            throw SqlError.notSupported("FILTER is not implemented for non-aggregate window functions").at(f.location());
        }
        return make(scope, call, filter, false);
    }

    private Expr make(Scope scope, FunctionCalls.Call call, Optional<Expr> filter, boolean aggregate) {
        FuncCall f = call.written();
        if (f.distinct()) {
            throw SqlError.notSupported("DISTINCT is not implemented for window functions").at(f.location());
        }
        if (!f.order().isEmpty()) {
            throw SqlError.notSupported("aggregate ORDER BY is not implemented for window functions").at(f.location());
        }
        for (Expr arg : call.args()) {
            refuseNested(arg);
        }
        int window = place(scope, f.over().orElseThrow(), f.location());
        return new Expr.WindowCall(call.function().oid(), call.type(), 0, 0, call.args(), filter, window, f.star(), aggregate, f.location());
    }

    private static void refuseNested(Expr arg) {
        ExprFacts.any(arg, e -> {
            if (e instanceof Expr.WindowCall w) {
                throw new SqlError(SqlState.WINDOWING_ERROR, "window function calls cannot be nested").at(w.location());
            }
            if (e instanceof Expr.FunctionCall s && s.returnsSet()) {
                throw SqlError.notSupported("window function calls cannot contain set-returning function calls")
                        .hint("You might be able to move the set-returning function into a LATERAL FROM item.").at(Locations.of(s));
            }
            return false;
        });
    }

    /** The index of the window among the query's: one for each different definition. */
    private int place(Scope scope, WindowDef over, int location) {
        if (!scope.kind.windows) {
            String place = scope.kind.isWindowDefinition() ? "window definitions" : scope.kind.text;
            throw new SqlError(SqlState.WINDOWING_ERROR, "window functions are not allowed in " + place).at(location);
        }
        scope.hasWindows = true;
        if (over.name().isPresent()) {
            for (int i = 0; i < scope.windows.size(); i++) {
                if (scope.windows.get(i).name().equals(over.name())) {
                    return i;
                }
            }
            throw missing(over.name().get(), over.location());
        }
        for (int i = 0; i < scope.windows.size(); i++) {
            WindowDef other = scope.windows.get(i);
            if (other.name().isEmpty() && AstEquality.same(other, over)) {
                return i;
            }
        }
        scope.windows.add(over);
        return scope.windows.size() - 1;
    }

    private static SqlError missing(String name, int location) {
        return new SqlError(SqlState.UNDEFINED_OBJECT, "window \"" + name + "\" does not exist").at(location);
    }

    /** Notes the WINDOW clause before the target list is analyzed. */
    static void declare(Scope scope, List<WindowDef> windows) {
        for (WindowDef window : windows) {
            if (window.name().isPresent() && scope.windows.stream().anyMatch(w -> w.name().equals(window.name()))) {
                throw new SqlError(SqlState.WINDOWING_ERROR, "window \"" + window.name().get() + "\" is already defined")
                        .at(window.location());
            }
            scope.windows.add(window);
        }
    }

    /** All windows gathered, their keys as (maybe junk) target entries. */
    List<Query.Window> define(Scope scope, List<TargetEntry> targets) {
        List<Query.Window> made = new ArrayList<>();
        for (WindowDef w : scope.windows) {
            made.add(define(scope, w, made, targets));
        }
        return made;
    }

    private Query.Window define(Scope scope, WindowDef w, List<Query.Window> before, List<TargetEntry> targets) {
        Optional<Query.Window> base = w.reference().map(r -> before.stream().filter(b -> b.name().equals(r)).findFirst()
                .orElseThrow(() -> missing(r, w.location())));
        List<SortGroupClause> order = a.sortClauses.orderBy(scope, w.order(), targets, ExprKind.WINDOW_ORDER, true);
        List<SortGroupClause> partition = a.sortClauses.partitionBy(scope, w.partition(), targets);
        if (base.isPresent()) {
            String name = w.reference().get();
            if (!partition.isEmpty()) {
                throw new SqlError(SqlState.WINDOWING_ERROR, "cannot override PARTITION BY clause of window \"" + name + "\"").at(w.location());
            }
            partition = base.get().partitionBy();
            if (!order.isEmpty() && !base.get().orderBy().isEmpty()) {
                throw new SqlError(SqlState.WINDOWING_ERROR, "cannot override ORDER BY clause of window \"" + name + "\"").at(w.location());
            }
            order = order.isEmpty() ? base.get().orderBy() : order;
            if (!base.get().frame().isDefault()) {
                throw frameCopied(w, name);
            }
        }
        return new Query.Window(w.name().orElse(""), partition, order, frame(scope, w, order, targets),
                base.isPresent() ? before.indexOf(base.get()) + 1 : 0);
    }

    private static SqlError frameCopied(WindowDef w, String name) {
        SqlError error = new SqlError(SqlState.WINDOWING_ERROR, "cannot copy window \"" + name + "\" because it has a frame clause")
                .at(w.location());
        boolean bare = w.order().isEmpty() && w.frame().isEmpty() && w.partition().isEmpty();
        return bare ? error.hint("Omit the parentheses in this OVER clause.") : error;
    }

    private Query.Frame frame(Scope scope, WindowDef w, List<SortGroupClause> order, List<TargetEntry> targets) {
        if (w.frame().isEmpty()) {
            return new Query.Frame(true, Query.Frame.Mode.RANGE, Query.Frame.Bound.UNBOUNDED_PRECEDING, Query.Frame.Bound.CURRENT_ROW,
                    Optional.empty(), Optional.empty(), Query.Frame.Exclusion.NO_OTHERS, 0, 0, 0, true, false);
        }
        WindowDef.Frame f = w.frame().get();
        boolean offsets = f.start().offset().isPresent() || f.end().offset().isPresent();
        if (f.mode() == WindowDef.FrameMode.GROUPS && order.isEmpty()) {
            throw new SqlError(SqlState.WINDOWING_ERROR, "GROUPS mode requires an ORDER BY clause").at(w.location());
        }
        InRange range = new InRange(0, 0, 0, true, false);
        Optional<Expr> start = f.start().offset().map(e -> plainOffset(scope, e, f.mode()));
        Optional<Expr> end = f.end().offset().map(e -> plainOffset(scope, e, f.mode()));
        if (f.mode() == WindowDef.FrameMode.RANGE && offsets) {
            if (order.size() != 1) {
                throw new SqlError(SqlState.WINDOWING_ERROR, "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column")
                        .at(w.location());
            }
            SortGroupClause key = order.getFirst();
            Expr column = targets.stream().filter(t -> t.reference() == key.reference()).findFirst().orElseThrow().expr();
            RangeOffset s = rangeOffset(start, column);
            RangeOffset e = rangeOffset(end, column);
            start = s.value();
            end = e.value();
            range = new InRange(s.function(), e.function(), column.collation(), !key.descending(), key.nullsFirst());
        }
        return new Query.Frame(false, Query.Frame.Mode.valueOf(f.mode().name()), bound(f.start().kind()), bound(f.end().kind()), start, end,
                Query.Frame.Exclusion.valueOf(f.exclusion().name()), range.start(), range.end(), range.collation(), range.ascending(),
                range.nullsFirst());
    }

    private record InRange(int start, int end, int collation, boolean ascending, boolean nullsFirst) {
    }

    private record RangeOffset(Optional<Expr> value, int function) {
    }

    private static Query.Frame.Bound bound(WindowDef.BoundKind kind) {
        return Query.Frame.Bound.valueOf(kind.name());
    }

    private Expr plainOffset(Scope scope, org.gajah.ast.Expression e, WindowDef.FrameMode mode) {
        ExprKind kind = switch (mode) {
            case RANGE -> ExprKind.WINDOW_RANGE;
            case ROWS -> ExprKind.WINDOW_ROWS;
            case GROUPS -> ExprKind.WINDOW_GROUPS;
        };
        Expr made = a.expressions.analyze(scope, e, kind);
        if (mode != WindowDef.FrameMode.RANGE) {
            made = a.coercer.coerceTo(made, Oids.INT8, mode.name());
        }
        if (ExprFacts.containsVar(made)) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "argument of " + mode.name() + " must not contain variables")
                    .at(Locations.of(made));
        }
        return made;
    }

    private RangeOffset rangeOffset(Optional<Expr> offset, Expr column) {
        if (offset.isEmpty()) {
            return new RangeOffset(offset, 0);
        }
        Expr value = offset.get();
        OperatorClassRow c = a.sortOperators.defaultClass(column.type(), BTREE).orElseThrow();
        String columnName = a.types.name(c.inputType());
        List<Integer> candidates = new ArrayList<>();
        for (int type : List.of(c.inputType(), Oids.INTERVAL, Oids.INT8, Oids.INT4, Oids.INT2, Oids.FLOAT8, Oids.NUMERIC)) {
            if (!candidates.contains(type) && a.catalog.familyFunction(c.family(), c.inputType(), type, IN_RANGE) != 0) {
                candidates.add(type);
            }
        }
        if (candidates.isEmpty()) {
            throw SqlError.notSupported("RANGE with offset PRECEDING/FOLLOWING is not supported for column type " + columnName)
                    .at(Locations.of(value));
        }
        List<Integer> fitting = candidates.stream()
                .filter(t -> a.coercer.canCoerce(value.type(), t, CoercionContext.IMPLICIT)).toList();
        int chosen = fitting.contains(value.type()) ? value.type() : fitting.isEmpty() ? 0
                : value.type() == Oids.UNKNOWN && fitting.contains(c.inputType()) ? c.inputType()
                : fitting.size() == 1 ? fitting.getFirst()
                : fitting.stream().filter(a.types::preferred).findFirst().orElse(fitting.getFirst());
        if (chosen == 0) {
            throw SqlError.notSupported("RANGE with offset PRECEDING/FOLLOWING is not supported for column type " + columnName
                    + " and offset type " + a.types.name(value.type())).hint("Cast the offset value to an appropriate type.")
                    .at(Locations.of(value));
        }
        return new RangeOffset(Optional.of(a.coercer.coerceImplicitly(value, chosen)),
                a.catalog.familyFunction(c.family(), c.inputType(), chosen, IN_RANGE));
    }
}
