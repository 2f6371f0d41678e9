package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.parse.StatementShape;
import org.gajah.type.Oids;

/**
 * Turns literals of an analyzed statement into parameters, so that its plan serves other texts of its shape.
 *
 * <p>A literal is lifted only where its value can change neither what the statement means nor how it is best planned: as a value
 * that INSERT or UPDATE stores, or in WHERE of a statement about one table when equalities pick at most one row by a unique index.
 * It must stand there as the parser made it, possibly under a cast that cannot fail, beside a column where there is an operator, so
 * that the planner could not have computed anything with it. All others keep the value that they have.
 */
public final class LiteralLift {
    private static final int BTREE = 403;
    private static final int EQUAL = 3;
    /** From int4: to int8, to numeric, to float8. */
    private static final Set<Integer> SAFE_CASTS = Set.of(481, 1740, 316);

    private final Query query;
    private final StatementShape shape;
    private final Catalog catalog;
    private final Map<Integer, Slot> byLocation = new HashMap<>();
    private final Map<Integer, Integer> everywhere = new HashMap<>();
    private final Map<Integer, Integer> liftable = new HashMap<>();

    /**
     * A parameter that stands for a literal.
     *
     * @param literal its index in the shape
     * @param type    what its text is read as
     * @param negated whether a minus in front of it belongs to the value
     */
    public record Slot(int literal, int type, boolean negated) {
    }

    /**
     * What comes of lifting.
     *
     * @param slots    what the parameters $1, $2, ... stand for
     * @param keepable whether analyzing the same text again would give the same as long as catalogs and settings stay
     */
    public record Lifted(Analyzed analyzed, List<Slot> slots, boolean keepable) {
    }

    private LiteralLift(Query query, StatementShape shape, Catalog catalog) {
        this.query = query;
        this.shape = shape;
        this.catalog = catalog;
    }

    /** Lifts what can be; the statement must be as analyzed from the text with that shape, views and defaults not yet put in. */
    public static Lifted lift(Analyzed analyzed, StatementShape shape, Catalog catalog) {
        return new LiteralLift(analyzed.query(), shape, catalog).lift(analyzed);
    }

    private Lifted lift(Analyzed analyzed) {
        visit(query, this::noteConst);
        offer();
        Map<Integer, Integer> numbers = new HashMap<>();
        List<Slot> slots = new ArrayList<>();
        for (Map.Entry<Integer, Integer> e : liftable.entrySet()) {
            if (e.getValue().equals(everywhere.get(e.getKey()))) {
                slots.add(byLocation.get(e.getKey()));
                numbers.put(e.getKey(), slots.size());
            }
        }
        Query lifted = numbers.isEmpty() ? query : replace(numbers);
        List<Integer> types = slots.stream().map(Slot::type).toList();
        boolean keepable = analyzed.notices().isEmpty() && isStable(lifted);
        return new Lifted(new Analyzed(lifted, types, analyzed.columns(), analyzed.permissions(), analyzed.notices()), slots, keepable);
    }

    private interface Visitor {
        void see(Expr e);
    }

    private static void visit(Query query, Visitor visitor) {
        new ExprRewriter() {
            @Override
            public Expr rewrite(Expr e) {
                visitor.see(e);
                return rewriteChildren(e);
            }
        }.rewrite(query);
    }

    private void noteConst(Expr e) {
        if (e instanceof Expr.Const c && c.location() > 0) {
            everywhere.merge(c.location(), 1, Integer::sum);
        }
    }

    private void offer() {
        boolean plain = query.groupBy().isEmpty() && query.groupingSets().isEmpty() && query.having().isEmpty() && query.ctes().isEmpty()
                && query.setOperation().isEmpty() && query.mergeActions().isEmpty() && !query.hasWindows() && !query.hasSubLinks();
        if (!plain) {
            return;
        }
        switch (query.command()) {
            case INSERT -> offerRows();
            case UPDATE -> query.targets().forEach(t -> offerValue(t.expr()));
            case SELECT, DELETE, MERGE -> { }
        }
        List<Expr> conditions = new ArrayList<>();
        query.from().where().ifPresent(w -> split(w, conditions));
        if (query.command() != Query.Command.INSERT && picksOneRow(conditions)) {
            conditions.forEach(this::offerBesideColumn);
        }
    }

    private static void split(Expr e, List<Expr> parts) {
        if (e instanceof Expr.BoolExpr b && b.op() == Expr.BoolExpr.Op.AND) {
            b.args().forEach(arg -> split(arg, parts));
        } else {
            parts.add(e);
        }
    }

    /** The values of INSERT ... VALUES: all of them are computed, whatever they are. */
    private void offerRows() {
        boolean one = query.from().items().isEmpty() && query.from().where().isEmpty();
        if (one) {
            query.targets().forEach(t -> {
                offerValue(t.expr());
                if (t.expr() instanceof Expr.FunctionCall f && f.form() == Expr.CallForm.IMPLICIT_CAST && !f.args().isEmpty()) {
                    offerLiteral(f.args().getFirst());
                }
            });
        }
    }

    /** A value to be stored: a literal, or what a column and a literal make. */
    private void offerValue(Expr e) {
        offerLiteral(e);
        offerBesideColumn(e);
    }

    private void offerBesideColumn(Expr e) {
        if (e instanceof Expr.OperatorCall o && o.args().size() == 2) {
            if (column(o.args().get(0)).isPresent()) {
                offerLiteral(o.args().get(1));
            } else if (column(o.args().get(1)).isPresent()) {
                offerLiteral(o.args().get(0));
            }
        }
    }

    private static Optional<Expr.Var> column(Expr e) {
        Expr plain = e instanceof Expr.Relabel r ? r.arg() : e;
        return plain instanceof Expr.Var v && v.levelsUp() == 0 && v.attribute() > 0 ? Optional.of(v) : Optional.empty();
    }

    private void offerLiteral(Expr e) {
        if (e instanceof Expr.FunctionCall f && SAFE_CASTS.contains(f.function()) && f.args().size() == 1) {
            offerLiteral(f.args().getFirst());
        } else if (e instanceof Expr.Const c && c.value() != null && c.typmod() == -1 && c.location() > 0) {
            slot(c).ifPresent(slot -> {
                byLocation.put(c.location(), slot);
                liftable.merge(c.location(), 1, Integer::sum);
            });
        }
    }

    private Optional<Slot> slot(Expr.Const c) {
        for (int i = 0; i < shape.literals(); i++) {
            if (shape.isString(i)) {
                if (shape.location(i) == c.location() && c.type() != Oids.UNKNOWN) {
                    return Optional.of(new Slot(i, c.type(), false));
                }
            } else if (c.type() == Oids.INT4) {
                int number = shape.number(i);
                if (shape.location(i) == c.location() && c.value().equals(number)) {
                    return Optional.of(new Slot(i, Oids.INT4, false));
                } else if (shape.minusLocation(i) == c.location() && c.value().equals(-number)) {
                    return Optional.of(new Slot(i, Oids.INT4, true));
                }
            }
        }
        return Optional.empty();
    }

    private Query replace(Map<Integer, Integer> numbers) {
        return new ExprRewriter() {
            @Override
            public Expr rewrite(Expr e) {
                return e instanceof Expr.Const c && numbers.containsKey(c.location())
                        ? new Expr.Param(numbers.get(c.location()), c.type(), c.typmod(), c.collation(), c.location())
                        : rewriteChildren(e);
            }
        }.rewrite(query);
    }

    // ---- at most one row

    /** Whether the conditions fix all columns of a unique index of the only table. */
    private boolean picksOneRow(List<Expr> conditions) {
        int table = -1;
        for (int i = 0; i < query.rangeTable().size(); i++) {
            RangeEntry entry = query.rangeTable().get(i);
            if (entry instanceof RangeEntry.Relation && table < 0) {
                table = i;
            } else if (!(entry instanceof RangeEntry.Returned)) {
                return false;
            }
        }
        if (table < 0) {
            return false;
        }
        int only = table;
        Optional<Relation> relation = catalog.relation(((RangeEntry.Relation) query.rangeTable().get(only)).oid());
        return relation.isPresent() && relation.get().kind() == 'r'
                && relation.get().indexes().stream().anyMatch(index -> fixes(index, only, conditions));
    }

    private boolean fixes(Relation.Index index, int range, List<Expr> conditions) {
        if (!index.unique() || !index.valid() || !index.immediate() || index.predicate().isPresent()) {
            return false;
        }
        for (int i = 0; i < index.keyColumns(); i++) {
            int attribute = index.columns().get(i);
            int family = catalog.operatorClass(index.operatorClasses().get(i)).orElseThrow().family();
            if (conditions.stream().noneMatch(c -> isEquality(c, range, attribute, family))) {
                return false;
            }
        }
        return true;
    }

    private boolean isEquality(Expr condition, int range, int attribute, int family) {
        if (!(condition instanceof Expr.OperatorCall o) || o.args().size() != 2) {
            return false;
        }
        Optional<Expr.Var> left = column(o.args().get(0));
        Optional<Expr.Var> right = column(o.args().get(1));
        boolean fits = left.isPresent() != right.isPresent()
                && left.or(() -> right).filter(v -> v.rangeIndex() == range && v.attribute() == attribute).isPresent()
                && isValue(o.args().get(left.isPresent() ? 1 : 0));
        return fits && catalog.operatorFamilies(o.operator()).stream()
                .anyMatch(m -> m.method() == BTREE && m.family() == family && m.strategy() == EQUAL);
    }

    private static boolean isValue(Expr e) {
        return e instanceof Expr.Const
                || e instanceof Expr.FunctionCall f && SAFE_CASTS.contains(f.function()) && f.args().getFirst() instanceof Expr.Const;
    }

    // ---- stability

    /** Whether what is left of constants would be the same if read again. */
    private boolean isStable(Query lifted) {
        Set<String> unstable = new HashSet<>();
        visit(lifted, e -> {
            switch (e) {
                case Expr.CurrentOf c -> unstable.add("cursor");
                case Expr.Const c when c.value() != null && !readsAlike(c) -> unstable.add("literal");
                default -> { }
            }
        });
        return unstable.isEmpty();
    }

    private boolean readsAlike(Expr.Const c) {
        return switch (c.type()) {
            case Oids.BOOL, Oids.INT2, Oids.INT4, Oids.INT8, Oids.OID, Oids.FLOAT4, Oids.FLOAT8, Oids.NUMERIC, Oids.TEXT, Oids.VARCHAR,
                    Oids.BPCHAR, Oids.NAME, Oids.CHAR, Oids.BYTEA, Oids.UUID, Oids.JSON, Oids.JSONB, Oids.BIT, Oids.VARBIT, Oids.UNKNOWN,
                    Oids.INTERVAL, Oids.REGCLASS -> true;
            case Oids.DATE, Oids.TIMESTAMP, Oids.TIMESTAMPTZ, Oids.TIME -> isWrittenInDigits(c.location());
            default -> false;
        };
    }

    /** Not {@code today} and its kin, whose value passes. */
    private boolean isWrittenInDigits(int location) {
        for (int i = 0; i < shape.literals(); i++) {
            if (shape.isString(i) && shape.location(i) == location) {
                return shape.string(i).toString().chars().allMatch(c -> c >= '0' && c <= '9' || " -:.+/TZ".indexOf(c) >= 0);
            }
        }
        return false;
    }
}
