package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.Judgement;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.api.foreign.RoutineMapping;

/**
 * What a database that is not PostgreSQL is asked: only what is known to mean the same there. Of a conjunction the known parts go there,
 * and the whole is checked again here.
 */
final class JdbcPlanner implements ForeignPlanner {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");
    private static final Set<String> STRINGS = Set.of("text", "varchar");
    private static final int FETCH_SIZE = 1000;

    private final ForeignServer server;
    private final Dialect dialect;
    private final String label;
    private final List<RoutineMapping> mappings;

    JdbcPlanner(ForeignServer server, Dialect dialect, String label, List<RoutineMapping> mappings) {
        this.mappings = mappings.stream().filter(m -> !OptionValues.flag(m.options(), "disabled", false)).toList();
        this.server = server;
        this.dialect = dialect;
        this.label = label;
    }

    /** What goes there of a condition, and whether that is all of it. */
    private record Part(Optional<ForeignExpr> pushed, boolean exact, String reason) {
        static Part none(String reason) {
            return new Part(Optional.empty(), false, reason);
        }
    }

    @Override
    public Judgement judge(ForeignExpr condition) {
        Part part = part(condition);
        if (part.pushed.isEmpty()) {
            return new Judgement.Local(part.reason);
        }
        return part.exact ? new Judgement.Exact() : new Judgement.Wider(part.pushed.get(), part.reason);
    }

    private Part part(ForeignExpr e) {
        return switch (e) {
            case ForeignExpr.Logic l when l.connective() == ForeignExpr.Connective.AND -> conjunction(l);
            case ForeignExpr.Logic l when l.connective() == ForeignExpr.Connective.OR -> {
                List<Part> parts = l.arguments().stream().map(this::part).toList();
                Optional<Part> missing = parts.stream().filter(p -> p.pushed.isEmpty()).findFirst();
                yield missing.orElseGet(() -> new Part(Optional.of(new ForeignExpr.Logic(l.connective(), parts.stream().map(p -> p.pushed.get()).toList(),
                        l.type())), parts.stream().allMatch(Part::exact), reason(parts)));
            }
            case ForeignExpr.Logic l -> {
                Part inner = part(l.arguments().getFirst());
                yield inner.exact ? new Part(Optional.of(e), true, "") : Part.none(inner.reason);
            }
            case ForeignExpr.NullTest n when isValue(n.argument()) -> new Part(Optional.of(e), true, "");
            case ForeignExpr.Operator o when o.arguments().size() == 2 && COMPARISONS.contains(o.name()) -> comparison(o);
            default -> Part.none("not known to mean the same there");
        };
    }

    private Part conjunction(ForeignExpr.Logic l) {
        List<Part> parts = l.arguments().stream().map(this::part).toList();
        List<ForeignExpr> pushed = parts.stream().flatMap(p -> p.pushed.stream()).toList();
        if (pushed.isEmpty()) {
            return Part.none(reason(parts));
        }
        ForeignExpr all = pushed.size() == 1 ? pushed.getFirst() : new ForeignExpr.Logic(l.connective(), pushed, l.type());
        return new Part(Optional.of(all), parts.stream().allMatch(Part::exact), reason(parts));
    }

    private static String reason(List<Part> parts) {
        return parts.stream().filter(p -> !p.exact).map(Part::reason).findFirst().orElse("");
    }

    private Part comparison(ForeignExpr.Operator o) {
        ForeignExpr left = plain(o.arguments().get(0));
        ForeignExpr right = plain(o.arguments().get(1));
        if (!isComputable(left) || !isComputable(right)) {
            return Part.none("not known to mean the same there");
        }
        List<ForeignExpr> inexact = new ArrayList<>();
        collectInexact(left, inexact);
        collectInexact(right, inexact);
        Part part = comparison(o, left, right);
        if (inexact.isEmpty() || part.pushed.isEmpty()) {
            return part;
        }
        Optional<String> hopeless = inexact.stream().map(e -> ((ForeignExpr.Call) e).name()).filter(PICTURES::contains).findFirst();
        if (hopeless.isPresent()) {
            return Part.none("the result of " + hopeless.get() + " may be another one there");
        }
        List<ForeignExpr> any = new ArrayList<>(List.of(part.pushed.get()));
        inexact.forEach(e -> any.add(new ForeignExpr.NullTest(e, true, o.type())));
        return new Part(Optional.of(new ForeignExpr.Logic(ForeignExpr.Connective.OR, any, o.type())), false, "the empty string is NULL there");
    }

    /** Functions whose results may differ in more than an empty string. */
    private static final Set<String> PICTURES = Set.of("to_number", "to_date", "to_timestamp", "to_char", "octet_length", "bit_length", "concat");

    private Optional<RoutineMapping> mapping(ForeignExpr.Call c) {
        return mappings.stream().filter(m -> m.function() == c.function()).findFirst()
                .filter(m -> MappedCall.of(m, c.arguments().size()).isPresent());
    }

    /** A value, or a call that is mapped of what is computable. */
    private boolean isComputable(ForeignExpr e) {
        return e instanceof ForeignExpr.Call c ? mapping(c).isPresent() && c.arguments().stream().map(JdbcPlanner::plain).allMatch(this::isComputable)
                : isValue(e);
    }

    private void collectInexact(ForeignExpr e, List<ForeignExpr> found) {
        if (e instanceof ForeignExpr.Call c) {
            if (mapping(c).map(m -> !OptionValues.flag(m.options(), "exact", true)).orElse(false)) {
                found.add(c);
            }
            c.arguments().forEach(a -> collectInexact(plain(a), found));
        }
    }

    private Part comparison(ForeignExpr.Operator o, ForeignExpr left, ForeignExpr right) {
        String l = left.type().name();
        String r = right.type().name();
        boolean numbers = isNumber(l) && isNumber(r);
        boolean strings = STRINGS.contains(l) && STRINGS.contains(r);
        ForeignExpr asked = new ForeignExpr.Operator(o.name(), List.of(left, right), Optional.empty(), o.type());
        if (strings && (o.name().equals("=") || o.name().equals("<>"))) {
            return text(o, asked, left, right);
        }
        if (strings) {
            return Part.none("strings may sort otherwise there");
        }
        boolean exact = dialect.exactTypes().contains(l) && dialect.exactTypes().contains(r) && (numbers || l.equals(r));
        return exact ? new Part(Optional.of(asked), true, "") : Part.none("values of type " + l + " may compare otherwise there");
    }

    private static boolean isNumber(String type) {
        return Set.of("int2", "int4", "int8", "numeric").contains(type);
    }

    /** Equality of strings: exact, or if more are equal there a wider one; the empty string may be no value at all there. */
    private Part text(ForeignExpr.Operator o, ForeignExpr asked, ForeignExpr left, ForeignExpr right) {
        boolean equal = o.name().equals("=");
        boolean maybeEmpty = dialect.emptyIsNull() && (mayBeEmpty(left) || mayBeEmpty(right));
        if (maybeEmpty) {
            return Part.none("the empty string is NULL there");
        }
        if (dialect.textEquality()) {
            return new Part(Optional.of(asked), true, "");
        }
        return equal ? new Part(Optional.of(asked), false, "strings that differ may be equal there") : Part.none("strings that differ may be equal there");
    }

    private static boolean mayBeEmpty(ForeignExpr e) {
        return switch (e) {
            case ForeignExpr.Constant c -> c.text().map(String::isEmpty).orElse(false);
            case ForeignExpr.Parameter p -> true;
            default -> false;
        };
    }

    private static ForeignExpr plain(ForeignExpr e) {
        return e instanceof ForeignExpr.Relabel r && r.implicit() ? plain(r.argument()) : e;
    }

    /** A column, constant or parameter. */
    private static boolean isValue(ForeignExpr e) {
        return switch (e) {
            case ForeignExpr.Column c -> c.column().number() > 0;
            case ForeignExpr.Constant c -> true;
            case ForeignExpr.Parameter p -> JdbcAnyValues.binds(p.type());
            default -> false;
        };
    }

    @Override
    public boolean computes(ForeignExpr value) {
        return switch (value) {
            case ForeignExpr.Column c -> c.column().number() > 0;
            case ForeignExpr.Aggregate a when a.name().equals("count") && a.filter().isEmpty() -> a.star()
                    || plain(a.arguments().getFirst()) instanceof ForeignExpr.Column c && (!a.distinct() || isNumber(c.type().name()));
            case ForeignExpr.Aggregate a when a.name().equals("min") || a.name().equals("max") -> a.filter().isEmpty()
                    && a.arguments().getFirst() instanceof ForeignExpr.Column c && dialect.exactTypes().contains(c.type().name());
            default -> false;
        };
    }

    @Override
    public boolean sorts(ForeignQuery.SortKey key) {
        return dialect.nullsOrder() && key.key() instanceof ForeignExpr.Column c && c.column().number() > 0
                && dialect.exactTypes().contains(c.type().name());
    }

    @Override
    public boolean joins(ForeignQuery.JoinKind kind) {
        return kind == ForeignQuery.JoinKind.INNER;
    }

    @Override
    public boolean groups() {
        return true;
    }

    @Override
    public boolean limits() {
        return dialect.limit() != Dialect.Limit.NONE;
    }

    @Override
    public RemoteStatement query(ForeignQuery query) {
        int fetch = OptionValues.number(server.options(), "fetch_size", FETCH_SIZE);
        if (query.from() instanceof ForeignQuery.From.Table t) {
            fetch = OptionValues.number(t.table().options(), "prefetch", OptionValues.number(t.table().options(), "fetch_size", fetch));
        }
        return new JdbcSql(dialect, mappings).query(query.withLock(Optional.empty())).statement(label, query.output().stream().map(ForeignExpr::type).toList(),
                fetch);
    }

    @Override
    public List<ForeignColumn> identity(ForeignTable table) {
        List<ForeignColumn> keys = table.columns().stream().filter(c -> OptionValues.flag(c.options(), "key", false)).toList();
        if (keys.isEmpty()) {
            throw new SqlError(SqlState.FDW_UNABLE_TO_CREATE_EXECUTION, "no primary key column specified for foreign table \"" + table.name() + "\"")
                    .detail("For UPDATE or DELETE, at least one foreign table column must be marked as primary key column.")
                    .hint("Set the option \"key\" on the columns that belong to the primary key.");
        }
        return keys;
    }

    @Override
    public int batchSize(ForeignTable table) {
        return OptionValues.number(table.options(), "batch_size", OptionValues.number(server.options(), "batch_size", FETCH_SIZE));
    }

    @Override
    public RemoteStatement change(ForeignChange change) {
        requireChangeable(change);
        JdbcSql w = new JdbcSql(dialect, mappings);
        String table = w.table(change.table());
        int number = 0;
        switch (change.kind()) {
            case INSERT -> {
                List<ForeignColumn> there = change.columns().stream().filter(c -> !c.options().containsKey(JdbcSql.MISSING)).toList();
                w.text("INSERT INTO " + table + " (" + w.columns(there) + ") VALUES (");
                for (ForeignColumn c : there) {
                    w.text(number++ == 0 ? "" : ", ").bare(change.columns().indexOf(c), c.type());
                }
                w.text(")");
            }
            case UPDATE -> {
                w.text("UPDATE " + table + " SET ");
                for (ForeignColumn c : change.columns()) {
                    w.text((number == 0 ? "" : ", ") + w.columns(List.of(c)) + " = ").bare(number++, c.type());
                }
            }
            case DELETE -> w.text("DELETE FROM " + table);
        }
        List<ForeignColumn> identity = change.identity();
        for (int i = 0; i < identity.size(); i++) {
            w.text((i == 0 ? " WHERE " : " AND ") + w.columns(List.of(identity.get(i))) + " = ").bare(number++, identity.get(i).type());
        }
        return w.statement(label, List.of(), batchSize(change.table()));
    }

    private void requireChangeable(ForeignChange change) {
        ForeignTable table = change.table();
        boolean closed = OptionValues.flag(table.options(), "readonly", false) || !OptionValues.flag(table.options(), "updatable", true);
        if (closed) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "foreign table \"" + table.name() + "\" does not allow "
                    + change.kind().name().toLowerCase(Locale.ROOT) + "s");
        }
        if (!change.returning().isEmpty()) {
            throw SqlError.notSupported("RETURNING is not supported for foreign tables of wrapper \"" + server.wrapper() + "\"");
        }
        if (change.doNothing()) {
            throw SqlError.notSupported("ON CONFLICT is not supported for foreign tables of wrapper \"" + server.wrapper() + "\"");
        }
        List<ForeignColumn> keys = new ArrayList<>(change.identity());
        keys.retainAll(change.columns());
        if (!keys.isEmpty()) {
            throw new SqlError(SqlState.FDW_UNABLE_TO_CREATE_EXECUTION, "cannot update key column \"" + keys.getFirst().name() + "\" of foreign table \""
                    + table.name() + "\"");
        }
    }
}
