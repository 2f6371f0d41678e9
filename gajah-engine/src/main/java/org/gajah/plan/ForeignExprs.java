package org.gajah.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.TargetEntry;
import org.gajah.analyze.Volatility;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignType;
import org.gajah.base.ByteSink;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.CollationRow;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.PlainContext;
import org.gajah.catalog.ProcRow;
import org.gajah.foreign.ForeignCatalog;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.Vector;

/**
 * Expressions of a query level in the form that wrappers see. What reads no row of a foreign table and does not change from row to
 * row becomes a parameter, computed here once a run; what has a part that no wrapper could compute is not translated at all.
 */
final class ForeignExprs {
    private static final int PG_CATALOG = 11;
    private static final int DEFAULT_COLLATION = 100;
    private static final int TID = 27;
    static final int PLACE = -1;
    static final int TABLE_OID = -6;
    /** Functions and operators over strings whose result does not depend on the collation, as long as equal strings are the same. */
    private static final Set<String> COLLATION_FREE = Set.of("=", "<>", "||", "~~", "!~~", "length", "char_length", "character_length", "octet_length",
            "bit_length", "substr", "substring", "replace", "btrim", "ltrim", "rtrim", "concat", "translate", "strpos", "position", "left", "right",
            "repeat", "reverse", "text", "varchar", "bpchar", "name", "md5", "ascii", "count", "to_number", "to_date", "to_timestamp", "to_char",
            "numeric", "lpad", "rpad", "string_agg", "array_agg");

    private final Catalog catalog;
    private final Map<Integer, Entered> entered = new LinkedHashMap<>();
    private final List<Integer> ranges = new ArrayList<>();
    private final List<Expr> parameters = new ArrayList<>();
    private String reason = "";

    /** What FROM has: its columns and, of a table, its oid. */
    private record Entered(List<ForeignColumn> columns, Optional<Integer> oid) {
    }

    ForeignExprs(Catalog catalog) {
        this(catalog, List.of());
    }

    /** What a scan reads, and the parameters that it has. */
    static ForeignExprs of(Plan.ForeignScan scan, StatementPlan statement) {
        ForeignExprs exprs = new ForeignExprs(statement.catalog(), scan.parameters());
        for (Plan.ForeignBase base : scan.bases()) {
            switch (base) {
                case Plan.ForeignTableBase t -> exprs.add(t.range(), statement.foreignTable(statement.catalog().relation(t.relation()).orElseThrow(), t.role()));
                case Plan.ForeignDerivedBase d -> exprs.add(d.range(), d.columns());
            }
        }
        return exprs;
    }

    /** With parameters that are there already. */
    private ForeignExprs(Catalog catalog, List<Expr> known) {
        this.catalog = catalog;
        parameters.addAll(known);
    }

    /** Enters a table; gives its number. */
    int add(int range, ForeignTable table) {
        return add(range, new Entered(table.columns(), Optional.of(table.oid())));
    }

    /** Enters a query with these columns; gives its number. */
    int add(int range, List<ForeignColumn> columns) {
        return add(range, new Entered(columns, Optional.empty()));
    }

    private int add(int range, Entered what) {
        entered.put(range, what);
        ranges.add(range);
        return ranges.size() - 1;
    }

    /** Takes over parameters of a part; gives the number of each. */
    int[] adopt(List<Expr> others) {
        return others.stream().mapToInt(this::number).toArray();
    }

    /** The expressions behind the parameters, by number. */
    List<Expr> parameters() {
        return parameters;
    }

    /** Why the last expression was not translated. */
    String reason() {
        return reason;
    }

    /** The expression as wrappers see it. */
    Optional<ForeignExpr> translate(Expr e) {
        try {
            return Optional.of(of(e));
        } catch (Untranslatable u) {
            reason = u.getMessage();
            return Optional.empty();
        }
    }

    private static final class Untranslatable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Untranslatable(String reason) {
            super(reason, null, false, false);
        }
    }

    private ForeignType type(int type, int typmod) {
        return ForeignCatalog.type(catalog, type, typmod);
    }

    private ForeignExpr of(Expr e) {
        return switch (e) {
            case Expr.Const c -> constant(c);
            case Expr.ArrayLiteral a when !a.nested() && a.elements().stream().allMatch(x -> x instanceof Expr.Const) -> list(a);
            case Expr.Var v when v.levelsUp() == 0 && entered.containsKey(v.rangeIndex()) -> column(v);
            default -> Exprs.any(e, x -> x instanceof Expr.Var || x instanceof Expr.AggregateCall) ? compound(e) : parameter(e);
        };
    }

    private ForeignExpr constant(Expr.Const c) {
        ForeignType type = type(c.type(), c.typmod());
        if (c.value() == null) {
            return new ForeignExpr.Constant(Optional.empty(), type);
        }
        Vector one = Vector.of(catalog.codec(c.type()).carrier(), 1);
        one.set(0, c.value());
        ByteSink out = new ByteSink();
        catalog.codec(c.type()).format(one, 0, PlainContext.INSTANCE, out);
        return new ForeignExpr.Constant(Optional.of(out.view().toString()), type);
    }

    /** An array of constants is one. */
    private ForeignExpr list(Expr.ArrayLiteral a) {
        Vector elements = Vector.of(catalog.codec(a.elementType()).carrier(), Math.max(1, a.elements().size()));
        for (int i = 0; i < a.elements().size(); i++) {
            Object value = ((Expr.Const) a.elements().get(i)).value();
            if (value == null) {
                elements.setNull(i);
            } else {
                elements.set(i, value);
            }
        }
        return constant(new Expr.Const(a.type(), -1, a.collation(), ArrayValue.of(a.elementType(), elements, a.elements().size()),
                a.location()));
    }

    /** The system column that says where a row is. */
    static ForeignColumn place(Catalog catalog) {
        return new ForeignColumn(PLACE, "ctid", ForeignCatalog.type(catalog, TID, -1), true, Map.of());
    }

    private ForeignExpr column(Expr.Var v) {
        int number = ranges.indexOf(v.rangeIndex());
        Entered in = entered.get(v.rangeIndex());
        if (v.attribute() == PLACE && in.oid.isPresent()) {
            return new ForeignExpr.Column(number, place(catalog));
        }
        if (v.attribute() == TABLE_OID && in.oid.isPresent()) {
            return new ForeignExpr.Constant(in.oid.map(Integer::toUnsignedString), type(Oids.OID, -1));
        }
        return in.columns.stream().filter(c -> c.number() == v.attribute()).findFirst().map(c -> (ForeignExpr) new ForeignExpr.Column(number, c))
                .orElseThrow(() -> new Untranslatable(in.oid.isPresent() ? "system columns stay here" : "what a subquery gives is computed here"));
    }

    private ForeignExpr parameter(Expr e) {
        if (Volatility.isVolatile(e, catalog) || Exprs.any(e, x -> x instanceof Expr.CurrentOf || x instanceof Expr.GroupingCall)) {
            throw new Untranslatable("volatile functions stay here");
        }
        return new ForeignExpr.Parameter(number(e), type(e.type(), e.typmod()));
    }

    private int number(Expr parameter) {
        int known = parameters.indexOf(parameter);
        if (known < 0) {
            parameters.add(parameter);
            known = parameters.size() - 1;
        }
        return known;
    }

    private List<ForeignExpr> all(List<Expr> list) {
        return list.stream().map(this::of).toList();
    }

    private ForeignExpr compound(Expr e) {
        ForeignType type = type(e.type(), e.typmod());
        return switch (e) {
            case Expr.OperatorCall o -> {
                OperatorRow row = operator(o.operator(), o.function());
                yield new ForeignExpr.Operator(qualified(row.name(), row.namespace()), all(o.args()), collation(row.name(), o.inputCollation()), type);
            }
            case Expr.FunctionCall f when !f.returnsSet() -> {
                ProcRow row = catalog.function(f.function()).filter(p -> p.volatility() != 'v')
                        .orElseThrow(() -> new Untranslatable("volatile functions stay here"));
                yield new ForeignExpr.Call(qualified(row.name(), row.namespace()), f.function(), row.volatility() == 'i', all(arguments(f, row)),
                        f.variadic() && arguments(f, row).equals(f.args()), collation(row.name(), f.inputCollation()), f.form() == Expr.CallForm.EXPLICIT_CAST
                        || f.form() == Expr.CallForm.IMPLICIT_CAST, type);
            }
            case Expr.BoolExpr b -> new ForeignExpr.Logic(ForeignExpr.Connective.valueOf(b.op().name()), all(b.args()), type);
            case Expr.NullTest n when !n.rowArg() -> new ForeignExpr.NullTest(of(n.arg()), n.isNull(), type);
            case Expr.ArrayComparison a -> {
                OperatorRow row = operator(a.operator(), a.function());
                yield new ForeignExpr.Quantified(qualified(row.name(), row.namespace()), a.any(), of(a.scalar()), of(a.array()),
                        collation(row.name(), a.inputCollation()), type);
            }
            case Expr.DistinctFrom d -> new ForeignExpr.Distinct(of(d.args().get(0)), of(d.args().get(1)), type);
            case Expr.Relabel r -> new ForeignExpr.Relabel(of(r.arg()), r.form() == Expr.CallForm.IMPLICIT_CAST, type);
            case Expr.CoerceViaIo c when Volatility.isImmutable(c, catalog) -> new ForeignExpr.TextCast(of(c.arg()), type);
            case Expr.Case c when c.arg().isEmpty() -> new ForeignExpr.Case(c.whens().stream().map(w -> of(w.condition())).toList(),
                    c.whens().stream().map(w -> of(w.result())).toList(), of(c.otherwise()), type);
            case Expr.Coalesce c -> new ForeignExpr.Coalesce(all(c.args()), type);
            case Expr.AggregateCall a -> aggregate(a, type);
            default -> throw new Untranslatable("expressions of this form stay here");
        };
    }

    /** What was written as arguments of a variadic function stands apart again. */
    private static List<Expr> arguments(Expr.FunctionCall f, ProcRow row) {
        boolean packed = f.variadic() && row.variadic() != 0 && row.variadic() != Oids.ANY && f.args().getLast() instanceof Expr.ArrayLiteral;
        if (!packed || !(f.args().getLast() instanceof Expr.ArrayLiteral last)) {
            return f.args();
        }
        List<Expr> apart = new ArrayList<>(f.args().subList(0, f.args().size() - 1));
        apart.addAll(last.elements());
        return apart;
    }

    private ForeignExpr aggregate(Expr.AggregateCall a, ForeignType type) {
        boolean plain = a.kind() == 'n' && a.levelsUp() == 0 && a.order().isEmpty() && a.directArgs().isEmpty() && !a.variadic();
        if (!plain) {
            throw new Untranslatable("aggregates with an order of their own stay here");
        }
        ProcRow row = function(a.function());
        return new ForeignExpr.Aggregate(qualified(row.name(), row.namespace()), a.function(), all(a.args().stream().map(TargetEntry::expr).toList()),
                !a.distinct().isEmpty(), a.star(), a.filter().map(this::of), collation(row.name(), a.inputCollation()), type);
    }

    private OperatorRow operator(int oid, int function) {
        function(function);
        return catalog.operator(oid).orElseThrow();
    }

    /** The function, if its result depends on its arguments alone. */
    private ProcRow function(int oid) {
        ProcRow row = catalog.function(oid).orElseThrow();
        if (row.volatility() != 'i') {
            throw new Untranslatable("function " + row.name() + " is not immutable");
        }
        return row;
    }

    private String qualified(String name, int namespace) {
        return namespace == PG_CATALOG ? name : catalog.schema(namespace).map(s -> s.name() + ".").orElse("") + name;
    }

    /** The collation that a function over strings depends on. */
    private Optional<String> collation(String name, int collation) {
        return collation == 0 || COLLATION_FREE.contains(name) ? Optional.empty() : Optional.of(collationName(catalog, collation));
    }

    /** What a collation is called; the database's own by what it stands for. */
    static String collationName(Catalog catalog, int collation) {
        String name = collation == DEFAULT_COLLATION ? "C" : catalog.collation(collation).map(CollationRow::name).orElse("?");
        return name.equals("POSIX") ? "C" : name;
    }

    /** Whether values of a type sort by a collation. */
    static Optional<String> sortCollation(Catalog catalog, Expr key) {
        return key.collation() == 0 || key.type() == Oids.NAME ? Optional.empty() : Optional.of(collationName(catalog, key.collation()));
    }
}
