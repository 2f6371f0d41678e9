package org.gajah.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignWriter;
import org.gajah.api.foreign.RemoteNote;
import org.gajah.api.foreign.RemoteStatement;
import org.gajah.ast.CopyStatement.Endpoint;
import org.gajah.base.HostFiles;
import org.gajah.exec.CancelCheck;

/** Files have no transactions and no connections: what is read is what is there. */
public final class FileSession implements ForeignSession {
    private final Machine machine;

    /**
     * What reading a file takes of a session.
     *
     * @param notices  takes what is told of rows that are skipped
     * @param encoding the client's, in which files are unless they say otherwise
     * @param programs whether the operator lets programs run
     * @param defaults of the columns of a foreign table
     */
    public record Machine(HostFiles files, CancelCheck cancel, Consumer<SqlError> notices, Supplier<String> encoding, BooleanSupplier programs,
            IntFunction<FileDefaults> defaults) {
    }

    public FileSession(Machine machine) {
        this.machine = machine;
    }

    @Override
    public ForeignRows query(RemoteStatement query, List<Optional<String>> parameters) {
        FileQuery file = (FileQuery) query;
        Map<String, String> options = file.table().options();
        CopyOptions copy = FileWrapper.copyOptions(options, file.table().columns().stream().map(c -> Map.entry(c.name(), c.options())).toList());
        String program = options.get(FileWrapper.PROGRAM);
        if (program != null && !machine.programs.getAsBoolean()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "COPY with a program is switched off")
                    .hint("Set gajah.copy_program to on in postgresql.conf to allow it.");
        }
        CopyFileEnds ends = new CopyFileEnds(machine.files, program == null ? new Endpoint.File(options.getOrDefault(FileWrapper.FILE, ""))
                : new Endpoint.Program(program), machine.cancel);
        try {
            if (copy.format() == CopyOptions.Format.BINARY) {
                return new FileBinaryRows(file, ends, ends.in(true, 0));
            }
            CopySource source = CopyTranscoding.of(ends, CopyOptionReader.encoding(FileWrapper.elements(options), machine.encoding.get())).in(false, 0);
            return new FileRows(file, copy, ends, source, machine.notices, () -> machine.defaults.apply(file.table().oid()));
        } catch (SqlError e) {
            ends.close();
            throw e;
        }
    }

    @Override
    public List<RemoteNote> notes(RemoteStatement query) {
        long size = machine.files.size(((FileQuery) query).table().options().get(FileWrapper.FILE));
        return size > 0 ? List.of(new RemoteNote.Size("Foreign File Size", size, "b")) : List.of();
    }

    private static SqlError unchangeable() {
        return SqlError.notSupported("files cannot be changed");
    }

    @Override
    public ForeignWriter write(RemoteStatement change) {
        throw unchangeable();
    }

    @Override
    public long change(RemoteStatement change, List<Optional<String>> parameters) {
        throw unchangeable();
    }

    @Override
    public void begin(Isolation isolation, int depth) {
        // there is nothing to begin
    }

    @Override
    public void release(int depth) {
        // there are no savepoints
    }

    @Override
    public void rollbackTo(int depth) {
        // there are no savepoints
    }

    @Override
    public void commit() {
        // there is nothing to commit
    }

    @Override
    public void rollback() {
        // there is nothing to roll back
    }

    @Override
    public void cancel() {
        // whoever reads looks at the session's own flag
    }

    @Override
    public void close() {
        // files are closed with their rows
    }
}
