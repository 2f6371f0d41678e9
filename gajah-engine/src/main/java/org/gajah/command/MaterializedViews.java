package org.gajah.command;

import java.util.List;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.Query;
import org.gajah.analyze.Rewriter;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.IntoClause;
import org.gajah.ast.Select;
import org.gajah.ast.TableStatement.CreateTableAs;
import org.gajah.ast.ViewStatement.RefreshMaterializedView;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.txn.lock.LockMode;

/**
 * CREATE and REFRESH MATERIALIZED VIEW: a table that only these fill, with the rule that says with what. REFRESH puts the rows into
 * fresh storage; CONCURRENTLY asks for what PostgreSQL asks for and does the same, so that readers wait.
 */
final class MaterializedViews {
    private static final int HEAP = 2;

    private final CommandContext context;

    MaterializedViews(CommandContext context) {
        this.context = context;
    }

    String create(CreateTableAs statement) {
        String tag = "CREATE MATERIALIZED VIEW";
        context.requireWritable(tag);
        if (!(statement.query() instanceof Select select)) {
            throw SqlError.notSupported("materialized views must be made from a query");
        }
        IntoClause into = statement.into();
        Namespaces namespaces = new Namespaces(context);
        int namespace = namespaces.forNew(into.relation(), into.persistence());
        String name = into.relation().relation();
        if (statement.ifNotExists() && context.catalog().relation(name, namespace).isPresent()) {
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists, skipping"));
            return tag;
        }
        into.tablespace().ifPresent(new RelationProperties(context)::requireTablespace);
        ViewCommands views = new ViewCommands(context);
        Query query = views.named(Analyzer.analyze(select, context.analysis()).query(), into.columns(), "too many column names were specified");
        List<NewColumn> columns = views.columns(query);
        char persistence = NewRelation.persistence(into.persistence());
        int oid = new RelationCreation(context).create(new NewRelation(name, namespace, 'm', persistence, HEAP, columns));
        Relation made = context.catalog().relation(oid).orElseThrow();
        context.storage().createTable(context.transaction(), context.storageId(made.storageId(), false), Layouts.of(made, context.catalog()));
        context.lockRelation(oid, LockMode.ACCESS_EXCLUSIVE);
        new RelationProperties(context).create(oid, into.options(), 'm');
        views.writeRule(oid, query);
        if (!into.withData()) {
            markPopulated(oid, false);
            return tag;
        }
        return "SELECT " + fill(context.catalog().relation(oid).orElseThrow());
    }

    private void markPopulated(int oid, boolean populated) {
        CatalogRow row = context.catalog().row("pg_class", 2662, oid).orElseThrow();
        context.writer().update(row, row.with("relispopulated", populated));
        context.changed();
    }

    private long fill(Relation view) {
        Analyzed query = Rewriter.view(view, context.analysis());
        context.requirePermissions(query.permissions());
        return new TableAsCommand(context).fill(view, query.query());
    }

    String refresh(RefreshMaterializedView r) {
        String tag = "REFRESH MATERIALIZED VIEW";
        context.requireWritable(tag);
        Relation view = new ObjectLookup(context).relation(r.relation());
        context.requireOwner(view.owner(), ObjectNames.kind(view.kind()), view.name());
        context.lockRelation(view.oid(), LockMode.ACCESS_EXCLUSIVE);
        if (view.kind() != 'm') {
            throw SqlError.notSupported("\"" + view.name() + "\" is not a materialized view");
        }
        if (r.concurrently()) {
            requireConcurrent(view, r.withData());
        }
        Relation fresh = new NewStorage(context).replace(view);
        markPopulated(view.oid(), r.withData());
        if (r.withData()) {
            fill(context.catalog().relation(fresh.oid()).orElseThrow());
        }
        new NewStorage(context).reindex(view.oid());
        return tag;
    }

    private void requireConcurrent(Relation view, boolean withData) {
        if (!context.catalog().row("pg_class", 2662, view.oid()).orElseThrow().flag("relispopulated")) {
            throw SqlError.notSupported("CONCURRENTLY cannot be used when the materialized view is not populated");
        }
        if (!withData) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together");
        }
        boolean keyed = view.indexes().stream().anyMatch(i -> i.unique() && i.predicate().isEmpty() && !i.columns().contains(0));
        if (!keyed) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot refresh materialized view \""
                    + IndexCommands.schemaName(view, context) + "." + view.name() + "\" concurrently")
                    .hint("Create a unique index with no WHERE clause on one or more columns of the materialized view.");
        }
    }
}
