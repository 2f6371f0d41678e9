package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.IntoClause;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.PreparedStatement;
import org.gajah.ast.Select;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement.CreateTableAs;
import org.gajah.base.Slice;
import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.command.NewRelation.NewColumn;
import org.gajah.exec.TableLoader;
import org.gajah.plan.ResultColumn;
import org.gajah.type.Oids;
import org.gajah.vector.Batch;

/** CREATE TABLE AS and SELECT INTO: a table with a query's columns, filled with its rows. */
final class TableAsCommand {
    private static final int HEAP = 2;

    private final CommandContext context;

    TableAsCommand(CommandContext context) {
        this.context = context;
    }

    String run(CreateTableAs statement) {
        if (statement.materializedView()) {
            return new MaterializedViews(context).create(statement);
        }
        context.requireWritable("CREATE TABLE AS");
        IntoClause into = statement.into();
        Namespaces namespaces = new Namespaces(context);
        int namespace = namespaces.forNew(into.relation(), into.persistence());
        String name = into.relation().relation();
        if (statement.ifNotExists() && context.catalog().relation(name, namespace).isPresent()) {
            context.message("NOTICE", new SqlError(SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists, skipping"));
            return "CREATE TABLE AS";
        }
        CommandContext.PreparedCall source = source(statement.query());
        Analyzed analyzed = Analyzer.analyzeForExecution(source.statement(), source.context().analysis());
        context.requirePermissions(analyzed.permissions());
        List<NewColumn> columns = columns(analyzed, into.columns());
        TableCommands.requireTemporary(into.onCommit(), namespaces.isTemporary(namespace));
        char persistence = namespaces.isTemporary(namespace) ? 't' : NewRelation.persistence(into.persistence());
        int oid = new RelationCreation(context).create(new NewRelation(name, namespace, 'r', persistence, HEAP, columns));
        Relation table = context.catalog().relation(oid).orElseThrow();
        context.storage().createTable(context.transaction(), context.storageId(table.storageId(), false), Layouts.of(table, context.catalog()));
        new TableCommands(context).onCommit(oid, into.onCommit());
        if (!into.withData()) {
            return statement.query() instanceof PreparedStatement.Execute ? "SELECT 0" : "CREATE TABLE AS";
        }
        return "SELECT " + new TableAsCommand(source.context()).fill(table, analyzed.query());
    }

    /** The query, with the context that has its parameters. */
    private CommandContext.PreparedCall source(Statement query) {
        return switch (query) {
            case PreparedStatement.Execute e -> {
                CommandContext.PreparedCall call = context.prepared(e);
                if (!(call.statement() instanceof Select)) {
                    throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "prepared statement is not a SELECT");
                }
                yield call;
            }
            case PreparableStatement p -> new CommandContext.PreparedCall(p, context);
            default -> throw new IllegalStateException("CREATE TABLE AS something that gives no rows");
        };
    }

    private static List<NewColumn> columns(Analyzed analyzed, List<String> names) {
        if (names.size() > analyzed.columns().size()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "too many column names were specified");
        }
        List<NewColumn> columns = new ArrayList<>();
        for (int i = 0; i < analyzed.columns().size(); i++) {
            var c = analyzed.columns().get(i);
            int type = c.type() == Oids.UNKNOWN ? Oids.TEXT : c.type();
            String name = i < names.size() ? names.get(i) : c.name();
            if (columns.stream().anyMatch(o -> o.name().equals(name))) {
                throw new SqlError(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
            }
            columns.add(NewColumn.plain(name, type, c.typmod(), c.collation()));
        }
        return columns;
    }

    /** Puts a query's rows into a table; gives their number. */
    long fill(Relation table, Query query) {
        List<Integer> numbers = table.columns().stream().map(Relation.Column::number).toList();
        TableLoader loader = new TableLoader(context.compile(), context.execution(), table, numbers, List.of(), Optional.empty(), Optional.empty());
        long rows = context.run(query, new CommandOutput() {
            @Override
            public void columns(List<ResultColumn> columns) {
                // The table has them already.
            }

            @Override
            public void rows(Batch batch) {
                for (int i = 0; i < batch.count(); i++) {
                    for (int c = 0; c < numbers.size(); c++) {
                        loader.column(c + 1).copyFrom(batch.column(c), batch.selection().row(i), loader.row());
                    }
                    loader.rowDone(0, Slice.EMPTY);
                }
            }
        });
        loader.flush();
        context.endStatement();
        return rows;
    }
}
