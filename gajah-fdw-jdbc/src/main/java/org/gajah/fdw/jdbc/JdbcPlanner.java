package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignChange;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.Judgement;
import org.gajah.api.foreign.RemoteSample;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.api.foreign.RoutineMapping;

/**
 * What a database that is not PostgreSQL is asked: only what is known to mean the same there. Of a conjunction the known parts go there,
 * and the whole is checked again here.
 */
final class JdbcPlanner implements ForeignPlanner {
    private static final int FETCH_SIZE = 1000;

    private final ForeignServer server;
    private final Dialect dialect;
    private final String label;
    private final List<RoutineMapping> mappings;

    JdbcPlanner(ForeignServer server, Dialect dialect, String label, List<RoutineMapping> mappings) {
        this.mappings = mappings;
        this.server = server;
        this.dialect = dialect;
        this.label = label;
    }

    @Override
    public boolean returns(ForeignTable table, ForeignChange.Kind kind) {
        return changes().returns(table, kind);
    }

    @Override
    public Judgement judge(ForeignExpr condition) {
        return conditions().judge(condition);
    }

    private JdbcConditions conditions() {
        return new JdbcConditions(new Routines(dialect, mappings));
    }

    private JdbcSql sql() {
        return new JdbcSql(new Routines(dialect, mappings));
    }

    @Override
    public boolean computes(ForeignExpr value) {
        return switch (JdbcConditions.plain(value)) {
            case ForeignExpr.Column c -> c.column().number() > 0;
            case ForeignExpr.Call c -> conditions().gives(c);
            case ForeignExpr.Aggregate a -> conditions().gives(a);
            default -> false;
        };
    }

    @Override
    public boolean sorts(ForeignQuery.SortKey key) {
        boolean known = switch (JdbcConditions.plain(key.key())) {
            case ForeignExpr.Column c -> conditions().isExact(c) || conditions().isSortedText(key);
            case ForeignExpr.Aggregate a -> dialect.exactTypes().contains(a.type().name()) && computes(a);
            default -> false;
        };
        return known && dialect.nulls() != Dialect.Nulls.NONE;
    }

    @Override
    public boolean joins(ForeignQuery.JoinKind kind) {
        return kind != ForeignQuery.JoinKind.FULL || dialect.fullJoins();
    }

    @Override
    public boolean groups() {
        return true;
    }

    /** Strings that are equal there may differ here, and the other way round. */
    @Override
    public boolean groupsBy(ForeignExpr key) {
        ForeignExpr plain = JdbcConditions.plain(key);
        boolean known = plain instanceof ForeignExpr.Column c && (conditions().isExact(c) || c.column().number() > 0 && conditions().isExactText(c));
        boolean called = plain instanceof ForeignExpr.Call && computes(plain) && (dialect.exactTypes().contains(plain.type().name()) || conditions().isExactText(plain));
        return known || called;
    }

    @Override
    public boolean combines(ForeignQuery.SetKind kind, boolean all) {
        return kind == ForeignQuery.SetKind.UNION ? dialect.unions() : !all && dialect.setOperations();
    }

    @Override
    public boolean nests() {
        return true;
    }

    @Override
    public Optional<ForeignColumn> derived(int number, ForeignType type, List<ForeignExpr> values) {
        return RemoteColumn.derived(number, type, values, dialect);
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
        return sql().query(query).statement(label, fetch, query.output().stream().map(JdbcPlanner::output).toList())
                .explained(dialect.plan());
    }

    /** As the option sample_percent says, of a table that is none of a query. */
    @Override
    public Optional<RemoteSample> sample(ForeignQuery query) {
        if (!(query.from() instanceof ForeignQuery.From.Table t)) {
            return Optional.empty();
        }
        double percent = OptionValues.percent(t.table().options().getOrDefault("sample_percent", "100")).orElse(100.0);
        JdbcSql w = sql();
        String table = w.table(t.table());
        String written = java.math.BigDecimal.valueOf(percent).toPlainString();
        Optional<String> words = Dialect.ofProduct(t.table().options().get(OracleWrapper.PRODUCT)).orElse(dialect).sampled(written, java.math.BigDecimal.valueOf(percent).movePointLeft(2).toPlainString());
        if (percent >= 100 || table.startsWith("(") || words.isEmpty()) {
            return Optional.empty();
        }
        int fetch = OptionValues.number(t.table().options(), "prefetch", OptionValues.number(t.table().options(), "fetch_size", FETCH_SIZE));
        w.text("SELECT ").text(query.output().isEmpty() ? dialect.nothing() : "").list(query.output(), ", ").text(" FROM " + table + words.get());
        return Optional.of(new RemoteSample(w.statement(label, fetch, query.output().stream().map(JdbcPlanner::output).toList()), percent / 100));
    }

    private static RemoteSql.Output output(ForeignExpr e) {
        return new RemoteSql.Output(e.type(), JdbcConditions.plain(e) instanceof ForeignExpr.Column c && RemoteColumn.strips(c.column()));
    }

    @Override
    public Optional<RemoteStatement> values(List<ForeignExpr> values) {
        return Optional.of(sql().text("SELECT ").list(values, ", ").text(dialect.dual()).statement(label,
                values.stream().map(ForeignExpr::type).toList(), 1));
    }

    @Override
    public List<ForeignColumn> identity(ForeignTable table) {
        return JdbcChanges.identity(table);
    }

    @Override
    public int batchSize(ForeignTable table) {
        return OptionValues.number(table.options(), "batch_size", OptionValues.number(server.options(), "batch_size", FETCH_SIZE));
    }

    @Override
    public RemoteStatement change(ForeignChange change) {
        return changes().of(change, batchSize(change.table()));
    }

    @Override
    public Optional<RemoteStatement> changeWhere(ForeignChange change, int target, ForeignQuery rows, List<ForeignExpr> values) {
        return changes().whole(change, rows, values);
    }

    @Override
    public Optional<RemoteStatement> insertAll(ForeignChange change, ForeignQuery rows) {
        return changes().all(change, rows);
    }

    private JdbcChanges changes() {
        return new JdbcChanges(server, new Routines(dialect, mappings), label);
    }
}
