package org.gajah.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.analyze.NodeText;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.TargetEntry;
import org.gajah.analyze.Updatability;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.Persistence;
import org.gajah.ast.ViewStatement;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.sysfunc.RegNames;
import org.gajah.txn.lock.LockMode;

/** CREATE [OR REPLACE] VIEW: a relation without storage and the rule that says what it stands for. */
final class ViewCommands {
    private final CommandContext context;

    ViewCommands(CommandContext context) {
        this.context = context;
    }

    String run(ViewStatement statement) {
        return switch (statement) {
            case ViewStatement.CreateView v -> create(v);
            case ViewStatement.RefreshMaterializedView r -> new MaterializedViews(context).refresh(r);
        };
    }

    private String create(ViewStatement.CreateView v) {
        context.requireWritable("CREATE VIEW");
        if (v.persistence() == Persistence.UNLOGGED) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "views cannot be unlogged because they do not have storage");
        }
        Analyzed analyzed = Analyzer.analyze(v.query(), context.analysis());
        Query query = named(analyzed.query(), v.columns(), "CREATE VIEW specifies more column names than columns");
        List<String> options = options(v, query);
        List<NewColumn> columns = columns(query);
        Namespaces namespaces = new Namespaces(context);
        int namespace = namespaces.forNew(v.view(), v.persistence());
        Optional<Relation> existing = context.catalog().relation(v.view().relation(), namespace);
        int oid = existing.isPresent() && v.replace() ? replace(existing.get(), columns)
                : new RelationCreation(context).create(new NewRelation(v.view().relation(), namespace, 'v',
                        namespaces.isTemporary(namespace) ? 't' : 'p', 0, columns));
        setOptions(oid, options);
        writeRule(oid, query);
        return "CREATE VIEW";
    }

    private static List<String> options(ViewStatement.CreateView v, Query query) {
        List<DefElem> written = new ArrayList<>(v.options());
        if (v.checkOption() != ViewStatement.CheckOption.NONE) {
            written.add(DefElem.of("check_option", new DefElem.Value.Text(v.checkOption().name().toLowerCase(Locale.ROOT)), 0));
        }
        List<String> options = StorageParameters.merged(List.of(), written, StorageParameters.Kind.VIEW);
        requireCheckable(options, query);
        return options;
    }

    /** Rows can be checked on their way to one table only. */
    static void requireCheckable(List<String> options, Query query) {
        if (options.stream().anyMatch(o -> o.startsWith("check_option="))) {
            Updatability.obstacle(query).ifPresent(obstacle -> {
                throw SqlError.notSupported("WITH CHECK OPTION is supported only on automatically updatable views").hint(obstacle);
            });
        }
    }

    private void setOptions(int view, List<String> options) {
        CatalogRow row = context.catalog().row("pg_class", 2662, view).orElseThrow();
        context.writer().update(row, row.with("reloptions", options.isEmpty() ? null : CatalogValues.texts(options)));
        context.changed();
    }

    /** The columns of a query, as those of a relation. */
    List<NewColumn> columns(Query query) {
        List<NewColumn> columns = new ArrayList<>();
        for (TargetEntry t : query.targets()) {
            if (t.junk()) {
                continue;
            }
            if (columns.stream().anyMatch(c -> c.name().equals(t.name()))) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + t.name() + "\" specified more than once");
            }
            columns.add(NewColumn.plain(t.name(), t.expr().type(), t.expr().typmod(), t.expr().collation()));
        }
        return columns;
    }

    Query named(Query query, List<String> names, String tooMany) {
        long outputs = query.targets().stream().filter(t -> !t.junk()).count();
        if (names.size() > outputs) {
            throw new SqlError(SqlState.SYNTAX_ERROR, tooMany);
        }
        List<TargetEntry> targets = new ArrayList<>();
        int at = 0;
        for (TargetEntry t : query.targets()) {
            String name = !t.junk() && at < names.size() ? names.get(at++) : t.name();
            targets.add(new TargetEntry(t.expr(), name, t.attribute(), t.reference(), t.junk(), t.sourceTable(), t.sourceColumn()));
        }
        return query.withTargets(targets);
    }

    private int replace(Relation view, List<NewColumn> columns) {
        if (view.kind() != 'v') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + view.name() + "\" is not a view");
        }
        context.requireOwner(view.owner(), "view", view.name());
        context.lockRelation(view.oid(), LockMode.ACCESS_EXCLUSIVE);
        if (columns.size() < view.columns().size()) {
            throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "cannot drop columns from view");
        }
        for (Relation.Column c : view.columns()) {
            NewColumn now = columns.get(c.number() - 1);
            if (!now.name().equals(c.name())) {
                throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "cannot change name of view column \"" + c.name() + "\" to \""
                        + now.name() + "\"").hint("Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
            }
            if (now.type() != c.type() || now.typmod() != c.typmod()) {
                throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "cannot change data type of view column \"" + c.name() + "\" from "
                        + typeName(c.type(), c.typmod()) + " to " + typeName(now.type(), now.typmod()));
            }
        }
        for (int i = view.columns().size(); i < columns.size(); i++) {
            new RelationCreation(context).writeColumn(view.oid(), i + 1, columns.get(i));
            new RelationCreation(context).dependOnType(view.oid(), i + 1, columns.get(i).type());
        }
        CatalogRow row = context.catalog().row("pg_class", 2662, view.oid()).orElseThrow();
        context.writer().update(row, row.with("relnatts", columns.size()));
        context.changed();
        return view.oid();
    }

    private String typeName(int type, int typmod) {
        return RegNames.typeName(type, typmod, context.analysis());
    }

    /** Writes what a view stands for, and that it needs what is in it. */
    void writeRule(int view, Query query) {
        Dependencies dependencies = new Dependencies(context);
        int oid = 0;
        for (CatalogRow rule : context.catalog().rows("pg_rewrite", 2693, view)) {
            oid = rule.number("oid");
            dependencies.forget(new Ref(Dependencies.REWRITE, oid, 0));
            context.writer().delete(rule);
        }
        oid = oid == 0 ? context.newOid() : oid;
        context.writer().insert("pg_rewrite", new CatalogValues("pg_rewrite").set("oid", oid).set("rulename", "_RETURN").set("ev_class", view)
                .set("ev_type", '1').set("ev_enabled", 'O').yes("is_instead").set("ev_qual", "<>")
                .set("ev_action", NodeText.write(query, context.catalog(), context.analysis().types())).row());
        CatalogRow row = context.catalog().row("pg_class", 2662, view).orElseThrow();
        context.writer().update(row, row.with("relhasrules", true));
        Ref self = new Ref(Dependencies.REWRITE, oid, 0);
        dependencies.internal(self, Ref.relation(view));
        References references = new References();
        references.rewrite(query);
        references.needed.stream().filter(r -> r.oid() != view).forEach(r -> dependencies.normal(self, r));
        context.changed();
    }

    /** What a query needs. */
    static Set<Ref> needs(Query query) {
        References references = new References();
        references.rewrite(query);
        return references.needed;
    }

    /** What an expression needs, with the subqueries in it. */
    static Set<Ref> needs(Expr expr) {
        References references = new References();
        references.rewrite(expr);
        return references.needed;
    }

    /** The relations, columns and functions that a query mentions. */
    private static final class References extends ExprRewriter {
        private final Set<Ref> needed = new LinkedHashSet<>();
        private final List<Query> levels = new ArrayList<>();

        @Override
        public Query rewrite(Query query) {
            levels.add(query);
            query.rangeTable().forEach(e -> {
                if (e instanceof RangeEntry.Relation r) {
                    needed.add(Ref.relation(r.oid()));
                }
            });
            rewriteChildren(query);
            levels.removeLast();
            return query;
        }

        @Override
        public Expr rewrite(Expr e) {
            if (e instanceof Expr.Var v && v.attribute() > 0 && v.levelsUp() < levels.size()) {
                column(v);
            }
            Dependencies.type(e).ifPresent(needed::add);
            Dependencies.called(e).ifPresent(needed::add);
            rewriteChildren(e);
            return e;
        }

        private void column(Expr.Var v) {
            Query level = levels.get(levels.size() - 1 - v.levelsUp());
            if (v.rangeIndex() < level.rangeTable().size() && level.rangeTable().get(v.rangeIndex()) instanceof RangeEntry.Relation r) {
                needed.add(Ref.column(r.oid(), v.attribute()));
            }
        }
    }
}
