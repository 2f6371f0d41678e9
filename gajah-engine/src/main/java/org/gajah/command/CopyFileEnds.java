package org.gajah.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CopyStatement.Endpoint;
import org.gajah.base.HostFiles;
import org.gajah.base.Slice;
import org.gajah.exec.CancelCheck;

/** A file or program on the server's machine as the other end of a COPY; open from the first call until {@link #finish}. */
final class CopyFileEnds implements CopyEnds, AutoCloseable {
    private static final int CHUNK_BYTES = 64 << 10;

    /** A thing that the machine may refuse. */
    private interface Io<T> {
        T run() throws IOException;
    }

    private final HostFiles files;
    private final Endpoint endpoint;
    private final CancelCheck cancel;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private Optional<HostFiles.Program> program = Optional.empty();

    CopyFileEnds(HostFiles files, Endpoint endpoint, CancelCheck cancel) {
        this.files = files;
        this.endpoint = endpoint;
        this.cancel = cancel;
    }

    @Override
    public CopySource in(boolean binary, int columns) {
        in = open("reading", "FROM", "read", () -> switch (endpoint) {
            case Endpoint.File f -> files.read(f.name());
            case Endpoint.Program p -> start(p).output();
            case Endpoint.Client c -> throw new IllegalStateException();
        });
        byte[] chunk = new byte[CHUNK_BYTES];
        return () -> {
            cancel.check();
            int read = guard("could not read from COPY file: ", () -> in.read(chunk));
            return read < 0 ? Slice.EMPTY : new Slice(chunk, 0, read);
        };
    }

    @Override
    public CopyTarget out(boolean binary, int columns) {
        out = open("writing", "TO", "write", () -> switch (endpoint) {
            case Endpoint.File f -> files.write(f.name());
            case Endpoint.Program p -> start(p).input();
            case Endpoint.Client c -> throw new IllegalStateException();
        });
        out = new BufferedOutputStream(out, CHUNK_BYTES);
        return row -> guard("could not write to COPY " + (program.isEmpty() ? "file" : "program") + ": ", () -> {
            out.write(row.array(), row.offset(), row.length());
            return 0;
        });
    }

    private HostFiles.Program start(Endpoint.Program p) throws IOException {
        HostFiles.Program started = files.start(p.command());
        program = Optional.of(started);
        return started;
    }

    private <T> T open(String doing, String direction, String verb, Io<T> opening) {
        if (endpoint instanceof Endpoint.Program p) {
            return guard("could not execute command \"" + p.command() + "\": ", opening);
        }
        String name = ((Endpoint.File) endpoint).name();
        try {
            return opening.run();
        } catch (IOException e) {
            String reason = reason(e);
            if (reason.equals("Is a directory")) {
                throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is a directory", e);
            }
            throw new SqlError(state(e), "could not open file \"" + name + "\" for " + doing + ": " + reason, e).hint("COPY " + direction
                    + " instructs the PostgreSQL server process to " + verb
                    + " a file. You may want a client-side facility such as psql's \\copy.");
        }
    }

    private static <T> T guard(String message, Io<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            String reason = reason(e);
            if (reason.equals("Is a directory")) {
                throw new SqlError(SqlState.WRONG_OBJECT_TYPE, message + reason, e);
            }
            throw new SqlError(state(e), message + reason, e);
        }
    }

    private static SqlState state(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> SqlState.UNDEFINED_FILE;
            case AccessDeniedException denied -> SqlState.INSUFFICIENT_PRIVILEGE;
            default -> String.valueOf(e.getMessage()).contains("No space left") ? SqlState.DISK_FULL : SqlState.IO_ERROR;
        };
    }

    /** The system's words for what went wrong. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "No such file or directory";
            case AccessDeniedException denied -> "Permission denied";
            case FileSystemException other -> String.valueOf(other.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }

    /** The data have ended: what was written is kept, and a program must have succeeded. */
    void finish() {
        guard("could not write to COPY file: ", () -> {
            out.close();
            return 0;
        });
        if (program.isPresent()) {
            int code = program.get().await();
            if (code != 0) {
                throw new SqlError(SqlState.EXTERNAL_ROUTINE_EXCEPTION, "program \"" + ((Endpoint.Program) endpoint).command() + "\" failed")
                        .detail("child process exited with exit code " + code);
            }
        }
    }

    @Override
    public void close() {
        guard("could not close COPY file: ", () -> {
            in.close();
            return 0;
        });
        program.ifPresent(HostFiles.Program::kill);
        guard("could not close COPY file: ", () -> {
            out.close();
            return 0;
        });
    }
}
