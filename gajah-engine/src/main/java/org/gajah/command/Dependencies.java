package org.gajah.command;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.type.Oids;

/** Records in pg_depend who needs whom. PostgreSQL manual, section 52.18. */
final class Dependencies {
    static final int CLASS = 1259;
    static final int TYPE = 1247;
    static final int PROC = 1255;
    static final int CONSTRAINT = 2606;
    static final int ATTRDEF = 2604;
    static final int NAMESPACE = 2615;
    static final int REWRITE = 2618;
    static final int DATABASE = 1262;
    static final int ROLE = 1260;
    static final int LANGUAGE = 2612;
    static final int WRAPPER = 2328;
    static final int SERVER = 1417;
    static final int USER_MAPPING = 1418;
    static final int EXTENSION = 3079;
    static final int TRIGGER = 2620;
    static final int POLICY = 3256;
    static final int EVENT_TRIGGER = 3466;
    static final int OPERATOR = 2617;

    /** An object: its catalog, its oid there, and a column or 0. */
    record Ref(int catalog, int oid, int column) {
        static Ref relation(int oid) {
            return new Ref(CLASS, oid, 0);
        }

        static Ref column(int relation, int column) {
            return new Ref(CLASS, relation, column);
        }
    }

    private final CommandContext context;

    Dependencies(CommandContext context) {
        this.context = context;
    }

    /** {@code dependent} cannot be without {@code needed}: DROP of that one asks for CASCADE. */
    void normal(Ref dependent, Ref needed) {
        add(dependent, needed, 'n');
    }

    /** {@code dependent} goes silently when {@code needed} does. */
    void automatic(Ref dependent, Ref needed) {
        add(dependent, needed, 'a');
    }

    /** {@code dependent} is a part of {@code needed} and cannot be dropped by itself. */
    void internal(Ref dependent, Ref needed) {
        add(dependent, needed, 'i');
    }

    /** {@code dependent} is a partition's part of something of the partitioned table, and goes with the partition too. */
    void partition(Ref dependent, Ref whole, Ref table) {
        add(dependent, whole, 'P');
        add(dependent, table, 'S');
    }

    /** What is no part of something of a partitioned table any more. */
    void forgetPartition(Ref dependent) {
        for (CatalogRow row : context.catalog().rows("pg_depend", 2673, dependent.catalog, dependent.oid)) {
            if ("PS".indexOf(row.letter("deptype")) >= 0) {
                context.writer().delete(row);
            }
        }
    }

    /** {@code dependent} belongs to an extension. */
    void member(Ref dependent, Ref extension) {
        add(dependent, extension, 'e');
    }

    /** What an expression over a table needs: its columns, and the functions, sequences and types in it. */
    void ofExpression(Ref dependent, Expr expr, int table) {
        ofExpression(dependent, expr, table, 'n');
    }

    /** The same; {@code own} is the kind of the dependency on the table's columns. */
    void ofExpression(Ref dependent, Expr expr, int table, char own) {
        Set<Ref> needed = new LinkedHashSet<>();
        collect(expr, table, needed);
        needed.forEach(n -> add(dependent, n, n.catalog == CLASS && n.oid == table ? own : 'n'));
    }

    private static void collect(Expr e, int table, Set<Ref> needed) {
        switch (e) {
            case Expr.Var v when v.attribute() > 0 -> needed.add(Ref.column(table, v.attribute()));
            case Expr.Const c when c.type() == Oids.REGCLASS && c.value() instanceof Integer oid -> needed.add(Ref.relation(oid));
            case Expr.NextValue n -> needed.add(Ref.relation(n.sequence()));
            default -> { }
        }
        type(e).ifPresent(needed::add);
        called(e).ifPresent(needed::add);
        Exprs.forEachChild(e, child -> collect(child, table, needed));
    }

    /** What an expression calls: a function or an operator. */
    static Optional<Ref> called(Expr e) {
        return switch (e) {
            case Expr.FunctionCall f -> Optional.of(new Ref(PROC, f.function(), 0));
            case Expr.AggregateCall f -> Optional.of(new Ref(PROC, f.function(), 0));
            case Expr.OperatorCall o -> Optional.of(new Ref(OPERATOR, o.operator(), 0));
            case Expr.ArrayComparison o -> Optional.of(new Ref(OPERATOR, o.operator(), 0));
            case Expr.DistinctFrom o -> Optional.of(new Ref(OPERATOR, o.operator(), 0));
            case Expr.NullIf o -> Optional.of(new Ref(OPERATOR, o.operator(), 0));
            default -> Optional.empty();
        };
    }

    /** The user's type that an expression names: of a constant, a cast or a row; columns and calls have theirs in their own rows. */
    static Optional<Ref> type(Expr e) {
        boolean named = switch (e) {
            case Expr.Const c -> true;
            case Expr.Param p -> true;
            case Expr.Relabel r -> true;
            case Expr.CoerceViaIo c -> true;
            case Expr.ArrayCoerce c -> true;
            case Expr.ConvertRowtype c -> true;
            case Expr.RowLiteral r -> true;
            case Expr.CoerceToDomain c -> true;
            default -> false;
        };
        return named && Integer.compareUnsigned(e.type(), Bootstrap.FIRST_USER_OID) >= 0 ? Optional.of(new Ref(TYPE, e.type(), 0))
                : Optional.empty();
    }

    /** Forgets all that an object needs: it is going. */
    void forget(Ref dependent) {
        for (CatalogRow row : context.catalog().rows("pg_depend", 2673, dependent.catalog, dependent.oid)) {
            if (dependent.column == 0 || row.number("objsubid") == dependent.column) {
                context.writer().delete(row);
            }
        }
    }

    private void add(Ref dependent, Ref needed, char type) {
        if (Integer.compareUnsigned(needed.oid, 16384) >= 0) {
            context.writer().insert("pg_depend", new CatalogValues("pg_depend").set("classid", dependent.catalog).set("objid", dependent.oid)
                    .set("objsubid", dependent.column).set("refclassid", needed.catalog).set("refobjid", needed.oid)
                    .set("refobjsubid", needed.column).set("deptype", type).row());
        }
    }
}
