package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Analyzer;
import org.gajah.analyze.Names;
import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CopyStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
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
        if (statement.endpoint() instanceof CopyStatement.Endpoint.Client) {
            return run(statement, ends);
        }
        requireServerEnd(statement);
        try (CopyFileEnds file = new CopyFileEnds(context.hostFiles(), statement.endpoint(), context.execution().cancel())) {
            String tag = run(statement, file);
            file.finish();
            return tag;
        }
    }

    private String run(CopyStatement statement, CopyEnds plainEnds) {
        CopyOptions options = CopyOptionReader.read(statement.options(), statement.from());
        CopyProgress progress = new CopyProgress(statement, relationOid(statement), totalBytes(statement));
        context.showProgress(Optional.of(progress.progress()));
        try {
            return "COPY " + run(statement, options, progress, plainEnds);
        } finally {
            context.showProgress(Optional.empty());
        }
    }

    private int relationOid(CopyStatement statement) {
        return statement.subject() instanceof CopyStatement.Subject.Table t ? relation(t).oid() : 0;
    }

    private long totalBytes(CopyStatement statement) {
        return statement.from() && statement.endpoint() instanceof CopyStatement.Endpoint.File f ? context.hostFiles().size(f.name()) : 0;
    }

    private long run(CopyStatement statement, CopyOptions options, CopyProgress progress, CopyEnds plainEnds) {
        CopyEnds ends = CopyTranscoding.of(progress.counting(plainEnds), CopyOptionReader.encoding(statement.options(), context.settings().get("client_encoding")));
        return switch (statement.subject()) {
            case CopyStatement.Subject.Table t when statement.from() -> from(t, options, statement, ends, progress);
            case CopyStatement.Subject.Table t -> to(tableQuery(t), Optional.of(relation(t)), options, ends, progress);
            case CopyStatement.Subject.Query q -> to(q.query(), Optional.empty(), options, ends, progress);
        };
    }

    /** Files and programs of the server are for a few roles, programs also only where the operator lets them. */
    private void requireServerEnd(CopyStatement statement) {
        switch (statement.endpoint()) {
            case CopyStatement.Endpoint.Client c -> { }
            case CopyStatement.Endpoint.Program p -> {
                requireRole("pg_execute_server_program", "to or from an external program");
                if (!context.serverSettings().get("gajah.copy_program").equals("on")) {
                    throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "COPY with a program is switched off")
                            .hint("Set gajah.copy_program to on in postgresql.conf to allow it.");
                }
            }
            case CopyStatement.Endpoint.File f when statement.from() -> requireRole("pg_read_server_files", "from a file");
            case CopyStatement.Endpoint.File f -> {
                requireRole("pg_write_server_files", "to a file");
                if (!f.name().startsWith("/")) {
                    throw new SqlError(SqlState.INVALID_NAME, "relative path not allowed for COPY to file");
                }
            }
        }
    }

    private void requireRole(String role, String what) {
        if (!context.isMember(role)) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to COPY " + what)
                    .detail("Only roles with privileges of the \"" + role + "\" role may COPY " + what + ".")
                    .hint("Anyone can COPY to stdout or from stdin. psql's \\copy command also works for anyone.");
        }
    }

    private static void refuseInto(PreparableStatement query) {
        if (query instanceof Select s && s.body() instanceof SelectBody.Simple body && body.into().isPresent()) {
            throw SqlError.notSupported("COPY (SELECT INTO) is not supported");
        }
    }

    private long from(CopyStatement.Subject.Table subject, CopyOptions options, CopyStatement statement, CopyEnds ends,
            CopyProgress progress) {
        context.requireWritable("COPY FROM");
        Relation table = relation(subject);
        context.requireInsert(table);
        context.lockRelation(table.oid(), LockMode.ROW_EXCLUSIVE);
        refuseRestricted(context.catalog().relation(table.oid()).orElseThrow());
        new PartitionTree(context).below(table.oid()).forEach(p -> context.lockRelation(p, LockMode.ROW_EXCLUSIVE));
        return new CopyFrom(context, context.catalog().relation(table.oid()).orElseThrow(), subject.columns(), options, statement.where(), progress).run(ends);
    }

    /** Whether policies decide what the role sees of a table. */
    private boolean isRestricted(Relation table) {
        return context.analysis().policies().flatMap(p -> p.of(table, 0)).isPresent();
    }

    private void refuseRestricted(Relation table) {
        if (isRestricted(table)) {
            throw SqlError.notSupported("COPY FROM not supported with row-level security").hint("Use INSERT statements instead.");
        }
    }

    private long to(PreparableStatement query, Optional<Relation> table, CopyOptions options, CopyEnds ends, CopyProgress progress) {
        refuseInto(query);
        Analyzed analyzed = Analyzer.analyzeForExecution(query, context.analysis());
        if (analyzed.columns().isEmpty() && analyzed.query().command() != Query.Command.SELECT) {
            throw SqlError.notSupported("COPY query must have a RETURNING clause");
        }
        context.requirePermissions(analyzed.permissions());
        CopyTo output = new CopyTo(context, table, options, ends, progress);
        context.run(analyzed.query(), output);
        output.finish();
        return output.rows();
    }

    /** The relation by its name; an index is none that could be copied. */
    private Relation relation(CopyStatement.Subject.Table subject) {
        List<String> name = new ArrayList<>();
        subject.relation().catalog().ifPresent(name::add);
        subject.relation().schema().ifPresent(name::add);
        name.add(subject.relation().relation());
        Relation found = Names.relation(name, context.analysis());
        if (found.kind() == 'i' || found.kind() == 'I' || found.kind() == 'c') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot open relation \"" + found.name() + "\"").detail(
                    "This operation is not supported for " + (found.kind() == 'c' ? "composite types." : "indexes."));
        }
        return found;
    }

    /** What {@code COPY table TO} reads. Of a partitioned table under policies that is, as in PostgreSQL, no row: they are all in its partitions. */
    private PreparableStatement tableQuery(CopyStatement.Subject.Table subject) {
        Relation table = relation(subject);
        boolean restricted = table.kind() == 'p' && isRestricted(table);
        if (table.kind() != 'r' && table.kind() != 'm' && !restricted) {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot copy from " + (table.kind() == 'p' ? "partitioned table" : ObjectNames.kind(table.kind())) + " \"" + table.name() + "\"")
                    .hint("vpf".indexOf(table.kind()) >= 0 ? "Try the COPY (SELECT ...) TO variant." : "");
        }
        List<String> columns = CopyColumns.of(table, subject.columns(), context).columns().stream().map(Relation.Column::name).toList();
        String sql = "SELECT " + columns.stream().map(Identifiers::quote).collect(Collectors.joining(", ")) + " FROM ONLY "
                + Identifiers.quote(IndexCommands.schemaName(table, context)) + "." + Identifiers.quote(table.name());
        return (PreparableStatement) Parser.parse(Slice.of(sql)).getFirst().statement();
    }
}
