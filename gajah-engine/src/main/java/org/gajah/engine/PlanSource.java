package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.LiteralLift;
import org.gajah.analyze.ParameterTypes;
import org.gajah.analyze.Rewriter;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.RawStatement;
import org.gajah.ast.Statement;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.RestrictedRelations;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.TypeRow;
import org.gajah.plan.PlannedStatement;
import org.gajah.plan.Planner;
import org.gajah.plan.RelationUse;
import org.gajah.txn.lock.LockMode;

/** Makes plans of prepared statements and keeps them while they are good; takes the locks that protect what they refer to. */
final class PlanSource {
    private final SessionImpl session;

    private Optional<Known> known = Optional.empty();

    PlanSource(SessionImpl session) {
        this.session = session;
    }

    /** Analyzes a statement for its parameter and result types. */
    void analyze(Prepared statement) {
        current(statement);
    }

    /** The plan made before if it still stands, with all its relations locked. */
    Optional<Prepared.Current> kept(Prepared statement) {
        Optional<Prepared.Current> kept = statement.current(key());
        return kept.isPresent() && !lock(kept.get().plan) ? kept : Optional.empty();
    }

    /** The plan, made anew if the catalogs have changed, with all its relations locked. */
    Prepared.Current current(Prepared statement) {
        while (true) {
            Prepared.PlanKey key = key();
            Optional<Prepared.Current> kept = statement.current(key);
            Prepared.Current current = kept.isPresent() ? kept.get() : make(statement, key);
            if (!lock(current.plan)) {
                return current;
            }
        }
    }

    /** The key now; asked for with every statement, and mostly the same as the last time. */
    private Prepared.PlanKey key() {
        long catalogs = session.transactions().catalogVersion();
        int settings = session.settings().version();
        Optional<RoleRow> definer = session.context().definer();
        if (known.isEmpty() || !known.get().stands(catalogs, settings, definer)) {
            known = Optional.of(new Known(settings, definer, new Prepared.PlanKey(catalogs, session.settings().get("search_path"),
                    session.context().currentRole().oid(), session.settings().isOn("row_security"),
                    session.settings().get(RestrictedRelations.SETTING), session.context().planSettings())));
        }
        return known.get().key;
    }

    /** A key with what it has been made of. */
    private record Known(int settings, Optional<RoleRow> definer, Prepared.PlanKey key) {
        boolean stands(long nowCatalogs, int nowSettings, Optional<RoleRow> nowDefiner) {
            return key.catalogVersion() == nowCatalogs && settings == nowSettings && definer.equals(nowDefiner);
        }
    }

    /** Takes the locks; true if the catalogs changed while one was waited for, so that the plan may be stale. */
    private boolean lock(PlannedStatement plan) {
        long before = session.instance().catalogVersion().current().number();
        for (RelationUse use : plan.relations()) {
            LockMode mode = switch (use.access()) {
                case READ -> LockMode.ACCESS_SHARE;
                case ROW_LOCK -> LockMode.ROW_SHARE;
                case WRITE -> LockMode.ROW_EXCLUSIVE;
            };
            session.context().lockRelation(use.oid(), mode);
        }
        return session.instance().catalogVersion().current().number() != before;
    }

    private Prepared.Current make(Prepared statement, Prepared.PlanKey key) {
        RawStatement raw = statement.raw().orElseThrow();
        CatalogView catalog = session.transactions().catalog();
        AnalyzeContext context = statement.inside().map(around -> session.context().analysis(catalog, around))
                .orElseGet(() -> session.context().analysis(catalog, statement.takesParameters()
                        ? ParameterTypes.inferred(statement.parameterTypes()) : ParameterTypes.none()));
        Analyzed analyzed = Analyzer.analyze(raw.statement(), context);
        Optional<LiteralLift.Lifted> lifted = statement.shape().map(shape -> LiteralLift.lift(analyzed, shape, catalog));
        return make(statement, key, Rewriter.rewrite(lifted.map(LiteralLift.Lifted::analyzed).orElse(analyzed), context), lifted, catalog);
    }

    private Prepared.Current make(Prepared statement, Prepared.PlanKey key, Analyzed analyzed, Optional<LiteralLift.Lifted> lifted,
            CatalogView catalog) {
        analyzed.notices().forEach(n -> session.message(n.state() == SqlState.SUCCESSFUL_COMPLETION ? "NOTICE" : "WARNING", n));
        statement.setParameterTypes(analyzed.parameters());
        PermissionCheck check = new PermissionCheck(session.context(), catalog);
        check.require(analyzed.permissions());
        check.requireFunctions(analyzed.query());
        if (statement.isForCursor()) {
            statement.setPlaces(CursorPlaces.of(analyzed.query()));
        }
        PlanningView view = session.context().sizes();
        PlannedStatement plan = Planner.plan(statement.places().map(CursorPlaces::query).orElse(analyzed.query()), analyzed.parameters(), catalog,
                view);
        int shown = plan.results().size() - statement.places().map(p -> p.carriers().size()).orElse(0);
        List<ResultColumn> columns = new ArrayList<>(shown);
        for (org.gajah.plan.ResultColumn c : plan.results().subList(0, shown)) {
            columns.add(column(c, catalog));
        }
        if (statement.inside().isEmpty()) {
            statement.last().ifPresent(before -> requireSameShape(before.columns, columns));
        }
        PlannedSizes sizes = PlannedSizes.of(plan, catalog, session.context().relations());
        Prepared.Current made = new Prepared.Current(new Prepared.Making(key, plan, List.copyOf(columns), sizes, lifted, view.failure()));
        statement.setCurrent(made);
        return made;
    }

    private static void requireSameShape(List<ResultColumn> before, List<ResultColumn> now) {
        boolean same = before.size() == now.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = before.get(i).type() == now.get(i).type() && before.get(i).name().equals(now.get(i).name());
        }
        if (!same) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "cached plan must not change result type").routine("RevalidateCachedQuery");
        }
    }

    /** A plan's result column as the client sees it: of a domain it sees the type below. */
    static ResultColumn column(org.gajah.plan.ResultColumn c, CatalogView catalog) {
        int type = c.type();
        int typmod = c.typmod();
        Optional<TypeRow> row = catalog.type(type);
        while (row.isPresent() && row.get().kind() == 'd') {
            typmod = row.get().baseTypmod();
            type = row.get().base();
            row = catalog.type(type);
        }
        return new ResultColumn(c.name(), c.table(), c.attribute(), type, row.map(TypeRow::length).orElse(-1), typmod, false, catalog.codec(type));
    }

    /** The result columns in the formats asked for: none (all text), one for all, or one each. */
    List<ResultColumn> columns(Prepared statement, List<Boolean> formats) {
        if (statement.raw().isEmpty()) {
            return List.of();
        }
        Statement tree = statement.raw().get().statement();
        return tree instanceof PreparableStatement ? formatted(current(statement).columns, formats)
                : formatted(session.transactions().isOpen() ? new UtilityShape(session).columns(tree) : List.of(), formats);
    }

    /** The columns in these formats. */
    static List<ResultColumn> formatted(List<ResultColumn> columns, List<Boolean> formats) {
        if (formats.size() > 1 && formats.size() != columns.size()) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "bind message has " + formats.size() + " result formats but query has "
                    + columns.size() + " columns");
        }
        if (!formats.contains(true)) {
            return columns;
        }
        List<ResultColumn> formatted = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            boolean binary = !formats.isEmpty() && formats.get(formats.size() == 1 ? 0 : i);
            ResultColumn c = columns.get(i);
            formatted.add(new ResultColumn(c.name(), c.table(), c.attribute(), c.type(), c.typeLength(), c.typmod(), binary, c.codec()));
        }
        return List.copyOf(formatted);
    }

    /** Whether it is planned, rather than carried out by a command. */
    static boolean isPlanned(Prepared statement) {
        return statement.raw().isPresent() && statement.raw().get().statement() instanceof PreparableStatement;
    }

    /** Whether running it gives rows, be it rows without columns. */
    boolean returnsRows(Prepared statement) {
        return isPlanned(statement) && current(statement).returnsRows();
    }
}
