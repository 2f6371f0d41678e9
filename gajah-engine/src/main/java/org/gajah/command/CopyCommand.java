package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.Names;
import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CopyStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.parse.Parser;
import org.gajah.sysfunc.Identifiers;
import org.gajah.txn.lock.LockMode;

/** COPY between a table or query and the client. */
public final class CopyCommand {
    private final CommandContext context;
    private final CopyEnds ends;

    public CopyCommand(CommandContext context, CopyEnds ends) {
        this.context = context;
        this.ends = ends;
    }

    /** Carries the statement out and gives its tag. */
    public String run(CopyStatement statement) {
        requireClient(statement.endpoint());
        CopyOptions options = CopyOptions.of(statement.options());
        long rows = switch (statement.subject()) {
            case CopyStatement.Subject.Table t when statement.from() -> from(t, options, statement);
            case CopyStatement.Subject.Table t -> to(tableQuery(t), options);
            case CopyStatement.Subject.Query q -> to(q.query(), options);
        };
        return "COPY " + rows;
    }

    private void requireClient(CopyStatement.Endpoint endpoint) {
        if (endpoint instanceof CopyStatement.Endpoint.Client) {
            return;
        }
        boolean program = endpoint instanceof CopyStatement.Endpoint.Program;
        if (!context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to COPY " + (program ? "to or from an external program"
                    : "to or from a file")).hint("Anyone can COPY to stdout or from stdin. psql's \\copy command also works for anyone.");
        }
        throw SqlError.notSupported(program ? "COPY with a program is not supported" : "COPY with a file on the server is not supported");
    }

    private long from(CopyStatement.Subject.Table subject, CopyOptions options, CopyStatement statement) {
        if (statement.where().isPresent()) {
            throw SqlError.notSupported("COPY FROM ... WHERE is not supported");
        }
        context.requireWritable("COPY FROM");
        Relation table = Names.relation(subject.relation(), context.analysis());
        if (table.kind() != 'r') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot copy to " + ObjectNames.kind(table.kind()) + " \"" + table.name() + "\"");
        }
        context.requireInsert(table);
        context.lockRelation(table.oid(), LockMode.ROW_EXCLUSIVE);
        return new CopyFrom(context, context.catalog().relation(table.oid()).orElseThrow(), subject.columns(), options).run(ends);
    }

    private long to(PreparableStatement query, CopyOptions options) {
        Analyzed analyzed = Analyzer.analyzeForExecution(query, context.analysis());
        if (analyzed.columns().isEmpty() && analyzed.query().command() != Query.Command.SELECT) {
            throw SqlError.notSupported("COPY query must have a RETURNING clause");
        }
        context.requirePermissions(analyzed.permissions());
        CopyTo output = new CopyTo(context, options, ends);
        context.run(analyzed.query(), output);
        return output.rows();
    }

    private PreparableStatement tableQuery(CopyStatement.Subject.Table subject) {
        Relation table = Names.relation(subject.relation(), context.analysis());
        if (table.kind() != 'r' && table.kind() != 'm') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot copy from " + ObjectNames.kind(table.kind()) + " \"" + table.name() + "\"")
                    .hint(table.kind() == 'v' ? "Try the COPY (SELECT ...) TO variant." : "");
        }
        List<String> columns = new ArrayList<>(subject.columns());
        columns.forEach(c -> AlterTableCommands.column(table, c));
        if (columns.isEmpty()) {
            table.columns().stream().filter(c -> !c.dropped() && c.generated() == 0 && !c.hidden()).forEach(c -> columns.add(c.name()));
        }
        String sql = "SELECT " + columns.stream().map(Identifiers::quote).collect(Collectors.joining(", ")) + " FROM ONLY "
                + Identifiers.quote(IndexCommands.schemaName(table, context)) + "." + Identifiers.quote(table.name());
        return (PreparableStatement) Parser.parse(Slice.of(sql)).getFirst().statement();
    }
}
