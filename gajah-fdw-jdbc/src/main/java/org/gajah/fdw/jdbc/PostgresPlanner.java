package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.Judgement;
import org.gajah.api.foreign.RemoteSample;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.api.foreign.RoutineMapping;

/** What a PostgreSQL server is asked: everything built in that depends on its arguments alone; strings sort by byte, as they do here. */
final class PostgresPlanner implements ForeignPlanner {
    private static final int FIRST_USER_OID = 16384;
    private static final int FETCH_SIZE = 4096;

    private final ForeignServer server;

    private final List<RoutineMapping> mappings;

    /** Of the mappings only those count that are exact: all that is built in goes there anyway. */
    PostgresPlanner(ForeignServer server, List<RoutineMapping> mappings) {
        this.mappings = mappings.stream().filter(m -> OptionValues.flag(m.options(), "exact", true) && !OptionValues.flag(m.options(), "disabled", false)
                && (m.strict() || !OptionValues.flag(m.options(), "null_on_null", false))).toList();
        this.server = server;
    }

    private static boolean isBuiltIn(ForeignType type) {
        return type.oid() > 0 && type.oid() < FIRST_USER_OID;
    }

    /** Why an expression stays here; nothing if it need not. */
    private Optional<String> obstacle(ForeignExpr e) {
        if (!isBuiltIn(e.type())) {
            return Optional.of("type " + e.type().name() + " is not built in");
        }
        Optional<String> collation = switch (e) {
            case ForeignExpr.Call c -> c.collation();
            case ForeignExpr.Operator o -> o.collation();
            case ForeignExpr.Quantified q -> q.collation();
            case ForeignExpr.Aggregate a -> a.collation();
            default -> Optional.empty();
        };
        if (collation.isPresent() && !collation.get().equals("C")) {
            return Optional.of("collation " + collation.get() + " may differ there");
        }
        String name = switch (e) {
            case ForeignExpr.Call c -> c.name();
            case ForeignExpr.Operator o -> o.name();
            case ForeignExpr.Quantified q -> q.operator();
            case ForeignExpr.Aggregate a -> a.name();
            default -> "";
        };
        boolean mapped = e instanceof ForeignExpr.Call c && MappedCall.of(mappings, c).isPresent();
        if (mapped) {
            return e.children().stream().map(this::obstacle).flatMap(Optional::stream).findFirst();
        }
        if (name.indexOf('.') > 0) {
            return Optional.of(name + " is not built in");
        }
        if (e instanceof ForeignExpr.Call c && !c.immutable()) {
            return Optional.of("function " + name + " is not immutable");
        }
        return e.children().stream().map(this::obstacle).flatMap(Optional::stream).findFirst();
    }

    @Override
    public Judgement judge(ForeignExpr condition) {
        return obstacle(condition).<Judgement>map(Judgement.Local::new).orElseGet(Judgement.Exact::new);
    }

    @Override
    public boolean computes(ForeignExpr value) {
        return obstacle(value).isEmpty() && !isForConditionsOnly(value);
    }

    /** Whether a mapping in it says that it is for conditions alone. */
    private boolean isForConditionsOnly(ForeignExpr e) {
        boolean here = e instanceof ForeignExpr.Call c && mappings.stream().anyMatch(m -> m.function() == c.function()
                && (OptionValues.flag(m.options(), "where_only", false) || !OptionValues.flag(m.options(), "deterministic", true)));
        return here || e.children().stream().anyMatch(this::isForConditionsOnly);
    }

    @Override
    public boolean sorts(ForeignQuery.SortKey key) {
        return computes(key.key()) && key.collation().map("C"::equals).orElse(true);
    }

    @Override
    public boolean joins(ForeignQuery.JoinKind kind) {
        return true;
    }

    @Override
    public boolean groups() {
        return true;
    }

    @Override
    public boolean distinctOn() {
        return true;
    }

    @Override
    public boolean groupsBy(ForeignExpr key) {
        return !(key instanceof ForeignExpr.Constant) && computes(key);
    }

    @Override
    public boolean combines(ForeignQuery.SetKind kind, boolean all) {
        return true;
    }

    @Override
    public boolean nests() {
        return true;
    }

    @Override
    public boolean keepsOrder() {
        return true;
    }

    @Override
    public boolean limits() {
        return true;
    }

    /** As the option analyze_sampling says. */
    @Override
    public Optional<RemoteSample> sample(ForeignQuery query, int most, Supplier<ForeignSession> session) {
        if (!(query.from() instanceof ForeignQuery.From.Table t)) {
            return Optional.empty();
        }
        PostgresSample how = PostgresSample.of(t.table().options().getOrDefault("analyze_sampling", server.options().getOrDefault("analyze_sampling", "auto")));
        int fetch = OptionValues.number(t.table().options(), "fetch_size", OptionValues.number(server.options(), "fetch_size", FETCH_SIZE));
        return how == PostgresSample.OFF ? Optional.empty() : how.of(query, new PostgresWriter(mappings).table(t.table()), most, fetch, session.get());
    }

    @Override
    public RemoteStatement query(ForeignQuery query) {
        int fetch = OptionValues.number(server.options(), "fetch_size", FETCH_SIZE);
        boolean estimated = OptionValues.flag(server.options(), "use_remote_estimate", false);
        if (query.from() instanceof ForeignQuery.From.Table t) {
            fetch = OptionValues.number(t.table().options(), "fetch_size", fetch);
            estimated = OptionValues.flag(t.table().options(), "use_remote_estimate", estimated);
        }
        return new PostgresWriter(mappings).query(query).statement("Remote SQL", query.output().stream().map(ForeignExpr::type).toList(), fetch)
                .explained(estimated ? RemotePlan.GENERIC : RemotePlan.NONE);
    }

    @Override
    public Optional<RemoteStatement> values(List<ForeignExpr> values) {
        return Optional.of(new PostgresWriter(mappings).text("SELECT ").list(values, ", ").statement("Remote SQL", values.stream().map(ForeignExpr::type).toList(), 1));
    }

    @Override
    public List<ForeignColumn> identity(ForeignTable table) {
        return List.of(new ForeignColumn(-1, "ctid", new ForeignType(TID, "tid", -1), true, Map.of()));
    }

    private static final int TID = 27;

    private void requireUpdatable(ForeignTable table, ForeignChange.Kind kind) {
        boolean updatable = OptionValues.flag(table.options(), "updatable", OptionValues.flag(server.options(), "updatable", true));
        if (!updatable) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "foreign table \"" + table.name() + "\" does not allow "
                    + kind.name().toLowerCase(java.util.Locale.ROOT) + "s");
        }
    }

    @Override
    public int batchSize(ForeignTable table) {
        return OptionValues.number(table.options(), "batch_size", OptionValues.number(server.options(), "batch_size", BATCH_SIZE));
    }

    private static final int BATCH_SIZE = 1000;

    @Override
    public boolean places() {
        return true;
    }

    @Override
    public RemoteStatement change(ForeignChange change) {
        requireUpdatable(change.table(), change.kind());
        PostgresWriter w = new PostgresWriter(mappings);
        String table = w.table(change.table());
        int number = 0;
        switch (change.kind()) {
            case INSERT -> {
                w.text("INSERT INTO " + table);
                List<ForeignColumn> all = change.table().columns().stream().filter(c -> change.columns().contains(c) || change.defaults().contains(c)).toList();
                w.text(all.isEmpty() ? " DEFAULT VALUES" : "(" + names(w, all) + ") VALUES (");
                for (int i = 0; i < all.size(); i++) {
                    w.text(i == 0 ? "" : ", ");
                    if (change.defaults().contains(all.get(i))) {
                        w.text("DEFAULT");
                    } else {
                        w.bare(number++, all.get(i).type());
                    }
                }
                w.text(all.isEmpty() ? "" : ")");
                w.text(change.doNothing() ? " ON CONFLICT DO NOTHING" : "");
            }
            case UPDATE -> {
                w.text("UPDATE " + table + " SET ");
                for (ForeignColumn c : change.columns()) {
                    w.text((number == 0 ? "" : ", ") + name(w, c) + " = ");
                    w.bare(number++, c.type());
                }
                for (ForeignColumn c : change.defaults()) {
                    w.text(", " + name(w, c) + " = DEFAULT");
                }
            }
            case DELETE -> w.text("DELETE FROM " + table);
        }
        if (change.kind() != ForeignChange.Kind.INSERT) {
            w.text(" WHERE ctid = ");
            w.bare(number, change.identity().getFirst().type());
        }
        if (!change.returning().isEmpty()) {
            w.text(" RETURNING " + names(w, change.returning()));
        }
        return w.statement("Remote SQL", change.returning().stream().map(ForeignColumn::type).toList(), change.doNothing() ? 1 : batchSize(change.table()));
    }

    private static String name(PostgresWriter w, ForeignColumn c) {
        return w.column(new ForeignExpr.Column(0, c), "");
    }

    private static String names(PostgresWriter w, List<ForeignColumn> columns) {
        List<String> names = new ArrayList<>();
        columns.forEach(c -> names.add(name(w, c)));
        return String.join(", ", names);
    }

    @Override
    public Optional<RemoteStatement> changeWhere(ForeignChange change, int target, ForeignQuery rows, List<ForeignExpr> values) {
        requireUpdatable(change.table(), change.kind());
        boolean all = values.stream().allMatch(this::computes) && change.returning().isEmpty();
        Optional<JoinedOthers> found = all ? JoinedOthers.of(rows.from(), target) : Optional.empty();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        JoinedOthers others = found.get();
        PostgresWriter w = new PostgresWriter(mappings);
        boolean joined = rows.from() instanceof ForeignQuery.From.Join;
        String name = joined ? w.table(change.table(), "r" + (target + 1)) : w.table(change.table());
        boolean delete = change.kind() == ForeignChange.Kind.DELETE;
        w.text(delete ? "DELETE FROM " + name : "UPDATE " + name + " SET ");
        for (int i = 0; i < values.size(); i++) {
            w.text((i == 0 ? "" : ", ") + name(w, change.columns().get(i)) + " = ").aliased(joined).expr(values.get(i));
        }
        w.aliased(joined);
        List<ForeignQuery.From.Join> existing = new ArrayList<>();
        for (int i = 0; i < others.tables().size(); i++) {
            w.text(i > 0 ? ", " : delete ? " USING " : " FROM ");
            existing.addAll(w.from(others.tables().get(i)));
        }
        existing.addAll(others.existing());
        List<ForeignExpr> where = new ArrayList<>(rows.where());
        where.addAll(others.on());
        return Optional.of(w.where(where, existing).statement("Remote SQL", List.of(), 0));
    }

    /** Strings are columns alone: what is text here may be of another type there, which a value that is sent becomes. */
    @Override
    public Optional<RemoteStatement> insertAll(ForeignChange change, ForeignQuery rows) {
        requireUpdatable(change.table(), change.kind());
        boolean known = rows.output().stream().allMatch(v -> computes(v) && (v instanceof ForeignExpr.Column || !JdbcConditions.STRINGS.contains(v.type().name())));
        if (!known) {
            return Optional.empty();
        }
        PostgresWriter w = new PostgresWriter(mappings);
        w.text("INSERT INTO " + w.table(change.table()) + " (" + names(w, change.columns()) + ") ");
        return Optional.of(w.query(rows).statement("Remote SQL", List.of(), 0));
    }

    @Override
    public RemoteStatement truncate(List<ForeignTable> tables, boolean cascade, boolean restartIdentity) {
        PostgresWriter w = new PostgresWriter(List.of());
        List<String> names = new ArrayList<>();
        for (ForeignTable table : tables) {
            boolean truncatable = OptionValues.flag(table.options(), "truncatable", OptionValues.flag(server.options(), "truncatable", true));
            if (!truncatable) {
                throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "foreign table \"" + table.name() + "\" does not allow truncates");
            }
            names.add(w.table(table));
        }
        w.text("TRUNCATE " + String.join(", ", names) + (restartIdentity ? " RESTART IDENTITY " : " CONTINUE IDENTITY ") + (cascade ? "CASCADE" : "RESTRICT"));
        return w.statement("Remote SQL", List.of(), 0);
    }

    @Override
    public double startupCost() {
        return cost("fdw_startup_cost", ForeignPlanner.super.startupCost());
    }

    @Override
    public double rowCost() {
        return cost("fdw_tuple_cost", ForeignPlanner.super.rowCost());
    }

    private double cost(String option, double otherwise) {
        return Optional.ofNullable(server.options().get(option)).map(Double::parseDouble).orElse(otherwise);
    }
}
