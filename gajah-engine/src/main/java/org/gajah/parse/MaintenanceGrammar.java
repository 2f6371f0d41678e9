package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.DefElem;
import org.gajah.ast.ExplainStatement;
import org.gajah.ast.MaintenanceStatement;
import org.gajah.ast.MaintenanceStatement.ReindexKind;
import org.gajah.ast.MaintenanceStatement.VacuumRelation;
import org.gajah.ast.NotifyStatement;
import org.gajah.ast.Persistence;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;
import org.gajah.ast.ViewStatement;

/** VACUUM, ANALYZE, EXPLAIN, REINDEX, CLUSTER, REFRESH, TRUNCATE, LOAD and NOTIFY's family. */
final class MaintenanceGrammar {
    private final Grammar g;
    private final TokenStream t;

    MaintenanceGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Statement vacuum() {
        t.expect(Keyword.VACUUM);
        List<DefElem> options = new ArrayList<>(2);
        if (t.at('(')) {
            options.addAll(g.options.utilityOptions());
        } else {
            oldFlag(options, Keyword.FULL, "full");
            oldFlag(options, Keyword.FREEZE, "freeze");
            oldFlag(options, Keyword.VERBOSE, "verbose");
            if (!oldFlag(options, Keyword.ANALYZE, "analyze")) {
                oldFlag(options, Keyword.ANALYSE, "analyze");
            }
        }
        return new MaintenanceStatement.Vacuum(true, List.copyOf(options), vacuumRelations());
    }

    private boolean oldFlag(List<DefElem> options, Keyword word, String name) {
        int location = t.location();
        if (!t.accept(word)) {
            return false;
        }
        options.add(DefElem.of(name, location));
        return true;
    }

    Statement analyze() {
        t.skip();
        List<DefElem> options = new ArrayList<>(1);
        if (t.at('(')) {
            options.addAll(g.options.utilityOptions());
        } else {
            oldFlag(options, Keyword.VERBOSE, "verbose");
        }
        return new MaintenanceStatement.Vacuum(false, List.copyOf(options), vacuumRelations());
    }

    private List<VacuumRelation> vacuumRelations() {
        if (t.atEnd()) {
            return List.of();
        }
        return t.commaList(() -> {
            RangeVar relation = g.names.relation();
            return new VacuumRelation(relation, t.optionalParenthesized(t::colId));
        });
    }

    Statement explain() {
        t.expect(Keyword.EXPLAIN);
        List<DefElem> options = new ArrayList<>(2);
        if (t.at('(') && !g.selects.startsQueryInParentheses()) {
            options.addAll(g.options.utilityOptions());
        } else {
            if (!oldFlag(options, Keyword.ANALYZE, "analyze")) {
                oldFlag(options, Keyword.ANALYSE, "analyze");
            }
            oldFlag(options, Keyword.VERBOSE, "verbose");
        }
        return new ExplainStatement(List.copyOf(options), explained());
    }

    private Statement explained() {
        return switch (t.keyword()) {
            case DECLARE -> g.cursors.declare();
            case EXECUTE -> g.cursors.execute();
            case REFRESH -> refresh();
            case CREATE -> explainedCreate();
            default -> SelectInto.of(g.with.preparable());
        };
    }

    private Statement explainedCreate() {
        t.expect(Keyword.CREATE);
        Persistence persistence = g.tables.persistence();
        if (t.at(Keyword.MATERIALIZED)) {
            return g.tables.createMaterializedView(persistence);
        }
        return g.tables.createAs(persistence);
    }

    Statement reindex() {
        t.expect(Keyword.REINDEX);
        List<DefElem> options = new ArrayList<>(1);
        if (t.at('(')) {
            options.addAll(g.options.utilityOptions());
        }
        ReindexKind kind = switch (t.keyword()) {
            case INDEX -> ReindexKind.INDEX;
            case TABLE -> ReindexKind.TABLE;
            case SCHEMA -> ReindexKind.SCHEMA;
            case SYSTEM -> ReindexKind.SYSTEM;
            case DATABASE -> ReindexKind.DATABASE;
            default -> throw t.syntaxError();
        };
        t.skip();
        oldFlag(options, Keyword.CONCURRENTLY, "concurrently");
        Optional<RangeVar> relation = Optional.empty();
        Optional<String> name = Optional.empty();
        switch (kind) {
            case INDEX, TABLE -> relation = Optional.of(g.names.qualifiedName());
            case SCHEMA -> name = Optional.of(t.colId());
            case SYSTEM, DATABASE -> name = t.atColId() ? Optional.of(t.colId()) : Optional.empty();
        }
        return new MaintenanceStatement.Reindex(kind, relation, name, List.copyOf(options));
    }

    Statement cluster() {
        t.expect(Keyword.CLUSTER);
        List<DefElem> options = new ArrayList<>(1);
        boolean list = t.at('(');
        if (list) {
            options.addAll(g.options.utilityOptions());
        } else {
            oldFlag(options, Keyword.VERBOSE, "verbose");
        }
        if (t.atEnd()) {
            return new MaintenanceStatement.Cluster(Optional.empty(), Optional.empty(), List.copyOf(options));
        }
        if (!list && t.kind(1) == Token.KEYWORD + Keyword.ON.ordinal()) {
            String index = t.colId();
            t.expect(Keyword.ON);
            return new MaintenanceStatement.Cluster(Optional.of(g.names.qualifiedName()), Optional.of(index),
                    List.copyOf(options));
        }
        RangeVar relation = g.names.qualifiedName();
        Optional<String> index = t.after(Keyword.USING, t::colId);
        return new MaintenanceStatement.Cluster(Optional.of(relation), index, List.copyOf(options));
    }

    Statement refresh() {
        t.expect(Keyword.REFRESH, Keyword.MATERIALIZED, Keyword.VIEW);
        boolean concurrently = t.accept(Keyword.CONCURRENTLY);
        RangeVar relation = g.names.qualifiedName();
        return new ViewStatement.RefreshMaterializedView(relation, concurrently, g.tables.withData());
    }

    Statement truncate() {
        t.expect(Keyword.TRUNCATE);
        t.accept(Keyword.TABLE);
        List<RangeVar> relations = g.names.relations();
        boolean restart = t.accept(Keyword.RESTART);
        if (restart || t.accept(Keyword.CONTINUE)) {
            t.expect(Keyword.IDENTITY);
        }
        return new TableStatement.Truncate(relations, restart, g.names.dropBehavior());
    }

    Statement load() {
        t.expect(Keyword.LOAD);
        return new MaintenanceStatement.Load(t.string());
    }

    Statement checkpoint() {
        t.expect(Keyword.CHECKPOINT);
        return new MaintenanceStatement.Checkpoint();
    }

    Statement listen() {
        t.expect(Keyword.LISTEN);
        return new NotifyStatement.Listen(t.colId());
    }

    Statement sendNotification() {
        t.expect(Keyword.NOTIFY);
        String channel = t.colId();
        return new NotifyStatement.Notify(channel, t.accept(',') ? t.string() : "");
    }

    Statement unlisten() {
        t.expect(Keyword.UNLISTEN);
        return t.accept('*') ? new NotifyStatement.UnlistenAll() : new NotifyStatement.Unlisten(t.colId());
    }
}
