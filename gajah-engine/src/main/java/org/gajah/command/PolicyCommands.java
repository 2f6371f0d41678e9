package org.gajah.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Definitions;
import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.analyze.NodeText;
import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AlterTableCommand.RowSecurityChange;
import org.gajah.ast.Expression;
import org.gajah.ast.ObjectRef;
import org.gajah.ast.PolicyStatement;
import org.gajah.ast.RangeVar;
import org.gajah.ast.RoleSpec;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Policy;
import org.gajah.catalog.Relation;
import org.gajah.command.Dependencies.Ref;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Oids;

/** CREATE and ALTER POLICY and what else changes rows of pg_policy, and ALTER TABLE ... ROW LEVEL SECURITY. */
final class PolicyCommands {
    private static final int BY_OID = 3257;
    private static final int BY_NAME = 3258;

    private final CommandContext context;

    PolicyCommands(CommandContext context) {
        this.context = context;
    }

    String run(PolicyStatement statement) {
        return switch (statement) {
            case PolicyStatement.CreatePolicy c -> create(c);
            case PolicyStatement.AlterPolicy a -> alter(a);
        };
    }

    private String create(PolicyStatement.CreatePolicy c) {
        context.requireWritable("CREATE POLICY");
        char command = command(c);
        if ((command == 'r' || command == 'd') && c.withCheck().isPresent()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "WITH CHECK cannot be applied to SELECT or DELETE");
        }
        if (command == 'a' && c.using().isPresent()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "only WITH CHECK expression allowed for INSERT");
        }
        List<Integer> roles = roles(c.roles());
        Relation table = owned(c.table());
        Optional<Expr> using = condition(c.using(), table);
        Optional<Expr> check = condition(c.withCheck(), table);
        requireFree(table, c.name());
        int oid = context.newOid();
        context.writer().insert("pg_policy", new CatalogValues("pg_policy").set("oid", oid).set("polname", c.name()).set("polrelid", table.oid())
                .set("polcmd", command).set("polpermissive", c.permissive()).set("polroles", CatalogValues.array(Oids.OID, roles))
                .set("polqual", stored(using)).set("polwithcheck", stored(check)).row());
        depend(oid, table, using, check);
        context.changed();
        return "CREATE POLICY";
    }

    private static char command(PolicyStatement.CreatePolicy c) {
        return switch (c.command()) {
            case "select" -> 'r';
            case "insert" -> 'a';
            case "update" -> 'w';
            case "delete" -> 'd';
            default -> Policy.ALL;
        };
    }

    private String alter(PolicyStatement.AlterPolicy a) {
        context.requireWritable("ALTER POLICY");
        Optional<List<Integer>> roles = a.roles().isEmpty() ? Optional.empty() : Optional.of(roles(a.roles()));
        Relation table = owned(a.table());
        Optional<Expr> using = condition(a.using(), table);
        Optional<Expr> check = condition(a.withCheck(), table);
        CatalogRow row = require(table, a.name());
        char command = row.letter("polcmd");
        if ((command == 'r' || command == 'd') && check.isPresent()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "only USING expression allowed for SELECT, DELETE");
        }
        if (command == 'a' && using.isPresent()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "only WITH CHECK expression allowed for INSERT");
        }
        Optional<Expr> nowUsing = using.or(() -> read(row, "polqual"));
        Optional<Expr> nowCheck = check.or(() -> read(row, "polwithcheck"));
        context.writer().update(row, row.with("polroles", roles.<Object>map(r -> CatalogValues.array(Oids.OID, r)).orElse(row.get("polroles")),
                "polqual", stored(nowUsing), "polwithcheck", stored(nowCheck)));
        new Dependencies(context).forget(ref(row));
        depend(row.number("oid"), table, nowUsing, nowCheck);
        context.changed();
        return "ALTER POLICY";
    }

    /** The table, locked, if the current role may change its policies. */
    private Relation owned(RangeVar name) {
        return owned(new ObjectLookup(context).relation(name));
    }

    private Relation owned(Relation found) {
        context.requireOwner(found.owner(), ObjectNames.kind(found.kind()), found.name());
        AlterTableCommands.requireUser(found);
        if (found.kind() != 'r' && found.kind() != 'p') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + found.name() + "\" is not a table");
        }
        context.lockRelation(found.oid(), LockMode.ACCESS_EXCLUSIVE);
        return context.catalog().relation(found.oid()).orElseThrow();
    }

    /** Whom it holds for; PUBLIC, which is 0, makes the others superfluous. */
    private List<Integer> roles(List<RoleSpec> specs) {
        if (specs.stream().anyMatch(s -> s.kind() == RoleSpec.Kind.PUBLIC)) {
            if (specs.size() > 1) {
                context.message("WARNING", new SqlError(SqlState.INVALID_PARAMETER_VALUE, "ignoring specified roles other than PUBLIC")
                        .hint("All roles are members of the PUBLIC role."));
            }
            return List.of(0);
        }
        return specs.stream().map(s -> RoleNames.resolve(s, context).oid()).toList();
    }

    private Optional<Expr> condition(Optional<Expression> written, Relation table) {
        try {
            return written.map(e -> Definitions.policy(e, table, context.analysis()));
        } catch (SqlError e) {
            throw e.at(0);
        }
    }

    private Object stored(Optional<Expr> condition) {
        return condition.map(c -> Slice.of(NodeText.write(c, context.catalog(), context.analysis().types()))).orElse(null);
    }

    private Optional<Expr> read(CatalogRow row, String column) {
        return row.textIfAny(column).map(text -> NodeText.readExpr(text, context.catalog(), context.analysis().types()));
    }

    private void depend(int oid, Relation table, Optional<Expr> using, Optional<Expr> check) {
        Dependencies depend = new Dependencies(context);
        Ref self = new Ref(Dependencies.POLICY, oid, 0);
        depend.automatic(self, Ref.relation(table.oid()));
        Set<Ref> needed = new LinkedHashSet<>();
        for (Optional<Expr> condition : List.of(using, check)) {
            condition.ifPresent(c -> {
                new OwnColumns(table.oid(), needed).rewrite(c);
                needed.addAll(ViewCommands.needs(c));
            });
        }
        needed.forEach(n -> depend.normal(self, n));
    }

    /** Gathers the columns of the table itself, also from within subqueries. */
    private static final class OwnColumns extends ExprRewriter {
        private final int table;
        private final Set<Ref> needed;
        private int depth;

        OwnColumns(int table, Set<Ref> needed) {
            this.table = table;
            this.needed = needed;
        }

        @Override
        public Expr rewrite(Expr e) {
            if (e instanceof Expr.Var v && v.levelsUp() == depth && v.attribute() > 0) {
                needed.add(Ref.column(table, v.attribute()));
            }
            return rewriteChildren(e);
        }

        @Override
        public Query rewrite(Query query) {
            depth++;
            Query same = rewriteChildren(query);
            depth--;
            return same;
        }
    }

    private Optional<CatalogRow> find(Relation table, String name) {
        return context.catalog().rows("pg_policy", BY_NAME, table.oid(), Slice.of(name)).stream().findFirst();
    }

    private void requireFree(Relation table, String name) {
        if (find(table, name).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "policy \"" + name + "\" for table \"" + table.name() + "\" already exists");
        }
    }

    private CatalogRow require(Relation table, String name) {
        return find(table, name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "policy \"" + name + "\" for table \"" + table.name() + "\" does not exist"));
    }

    private static Ref ref(CatalogRow row) {
        return new Ref(Dependencies.POLICY, row.number("oid"), 0);
    }

    /** ALTER POLICY ... RENAME TO. */
    void rename(ObjectRef.OnRelation on, String name) {
        Relation table = owned(new ObjectLookup(context).relation(on.relation(), false).orElseThrow());
        requireFree(table, name);
        CatalogRow row = require(table, on.name());
        context.writer().update(row, row.with("polname", Slice.of(name)));
    }

    /** The policy as COMMENT and DROP look for it. */
    ObjectLookup.Found found(Relation table, String name) {
        return new ObjectLookup.Found(ref(require(table, name)), table.owner(), "relation", table.name());
    }

    /** Removes a policy's row. */
    void drop(int oid) {
        CatalogRow row = context.catalog().row("pg_policy", BY_OID, oid).orElseThrow();
        context.lockRelation(row.number("polrelid"), LockMode.ACCESS_EXCLUSIVE);
        context.writer().delete(row);
    }

    /** Takes a role out of all policies; gives those that are left for nobody, which are to be dropped. */
    List<Ref> release(int role) {
        List<Ref> idle = new ArrayList<>();
        for (CatalogRow row : context.catalog().allRows("pg_policy")) {
            List<Integer> roles = row.numbers("polroles");
            List<Integer> left = roles.stream().filter(r -> r != role).toList();
            if (left.isEmpty()) {
                idle.add(ref(row));
            } else if (left.size() < roles.size()) {
                context.writer().update(row, row.with("polroles", CatalogValues.array(Oids.OID, left)));
            }
        }
        return idle;
    }

    /** ALTER TABLE ... ENABLE, DISABLE, FORCE or NO FORCE ROW LEVEL SECURITY. */
    void change(Relation table, RowSecurityChange change) {
        CatalogRow row = context.catalog().row("pg_class", 2662, table.oid()).orElseThrow();
        context.writer().update(row, switch (change) {
            case ENABLE -> row.with("relrowsecurity", true);
            case DISABLE -> row.with("relrowsecurity", false);
            case FORCE -> row.with("relforcerowsecurity", true);
            case NO_FORCE -> row.with("relforcerowsecurity", false);
        });
    }
}
