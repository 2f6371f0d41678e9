package org.gajah.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.PreparableStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.exec.ForeignKeyChecks;
import org.gajah.exec.RowTest;
import org.gajah.parse.Parser;
import org.gajah.plan.ResultColumn;
import org.gajah.sysfunc.Identifiers;
import org.gajah.vector.Batch;

/** Checks the rows that a table has against a constraint that is being added. */
final class RowChecks {
    private final CommandContext context;

    RowChecks(CommandContext context) {
        this.context = context;
    }

    void requireNoNulls(Relation table, Relation.Column column) {
        requireNoNulls(table, column, "column \"" + column.name() + "\" of relation \"" + table.name() + "\" contains null values");
    }

    /** The same with another message. */
    void requireNoNulls(Relation table, Relation.Column column, String message) {
        if (first("SELECT 1 FROM ONLY " + name(table) + " WHERE " + Identifiers.quote(column.name()) + " IS NULL LIMIT 1").isPresent()) {
            throw new SqlError(SqlState.NOT_NULL_VIOLATION, message).column(schema(table), table.name(), column.name());
        }
    }

    /** A row for which the condition is false is 23514. */
    void requireTrue(Relation table, Expr condition, String constraint) {
        if (table.kind() != 'p' && RowTest.anyFalse(context.compile(), context.execution(), table, condition)) {
            throw new SqlError(SqlState.CHECK_VIOLATION, "check constraint \"" + constraint + "\" of relation \"" + table.name()
                    + "\" is violated by some row").constraint(schema(table), table.name(), constraint);
        }
    }

    /** A value of these columns for which a domain's condition, over VALUE, is false is 23514. */
    void requireDomain(Relation table, List<Relation.Column> columns, Expr condition) {
        List<Expr> conditions = columns.stream().map(c -> over(c, condition)).toList();
        OptionalInt found = RowTest.firstFalse(context.compile(), context.execution(), table, conditions);
        if (found.isPresent()) {
            Relation.Column column = columns.get(found.getAsInt());
            throw new SqlError(SqlState.CHECK_VIOLATION, "column \"" + column.name() + "\" of table \"" + table.name()
                    + "\" contains values that violate the new constraint").column(schema(table), table.name(), column.name());
        }
    }

    private static Expr over(Relation.Column column, Expr condition) {
        return new ExprRewriter() {
            @Override
            public Expr rewrite(Expr e) {
                return e instanceof Expr.DomainValue v
                        ? new Expr.Var(0, column.number(), v.type(), v.typmod(), v.collation(), 0, 0) : rewriteChildren(e);
            }
        }.rewrite(condition);
    }

    /** A row whose foreign key refers to nothing is 23503. */
    void requireReferences(Relation table, int constraint) {
        Relation.ForeignKey key = table.foreignKeys().stream().filter(k -> k.oid() == constraint).findFirst().orElseThrow();
        Relation target = context.catalog().relation(key.referencedTable()).orElseThrow();
        StringBuilder on = new StringBuilder();
        StringBuilder present = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < key.columns().size(); i++) {
            String own = "a." + Identifiers.quote(table.column(key.columns().get(i)).name());
            on.append(i == 0 ? "" : " AND ").append(own).append(" = b.")
                    .append(Identifiers.quote(target.column(key.referencedColumns().get(i)).name()));
            values.append(i == 0 ? "" : ", ").append(own);
            present.append(i == 0 ? "" : " AND ").append(own).append(" IS NOT NULL");
        }
        String sql = "SELECT " + values + " FROM ONLY " + name(table) + " a WHERE " + present + " AND NOT EXISTS (SELECT 1 FROM " + (target.kind() == 'p' ? "" : "ONLY ") + name(target)
                + " b WHERE " + on + ") LIMIT 1";
        Optional<Object[]> missing = first(sql);
        if (missing.isPresent()) {
            throw ForeignKeyChecks.missing(context.execution(), table, key, target, missing.get());
        }
    }

    /** Whether a foreign key refers to some row of a table. */
    boolean isReferenced(Relation table, Relation.ForeignKey key) {
        Relation referring = context.catalog().relation(key.table()).orElseThrow();
        StringBuilder on = new StringBuilder();
        for (int i = 0; i < key.columns().size(); i++) {
            on.append(i == 0 ? "" : " AND ").append("a.").append(Identifiers.quote(referring.column(key.columns().get(i)).name())).append(" = b.")
                    .append(Identifiers.quote(table.column(key.referencedColumns().get(i)).name()));
        }
        return first("SELECT 1 FROM " + name(referring) + " a JOIN " + name(table) + " b ON " + on + " LIMIT 1").isPresent();
    }

    private String schema(Relation table) {
        return IndexCommands.schemaName(table, context);
    }

    private String name(Relation table) {
        return Identifiers.quote(schema(table)) + "." + Identifiers.quote(table.name());
    }

    /** The first row of a query, boxed. */
    private Optional<Object[]> first(String sql) {
        PreparableStatement statement = (PreparableStatement) Parser.parse(Slice.of(sql)).getFirst().statement();
        Analyzed analyzed = Analyzer.analyzeForExecution(statement, context.analysis());
        List<Object[]> found = new ArrayList<>();
        context.run(analyzed.query(), new CommandOutput() {
            @Override
            public void columns(List<ResultColumn> columns) {
                // whoever asks knows them
            }

            @Override
            public void rows(Batch batch) {
                int row = batch.selection().rows[0];
                found.add(Arrays.stream(batch.columns()).map(c -> c.isNull(row) ? null : c.get(row)).toArray());
            }
        });
        return found.stream().findFirst();
    }
}
