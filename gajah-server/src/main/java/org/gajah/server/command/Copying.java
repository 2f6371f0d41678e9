package org.gajah.server.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.gajah.client.copy.CopyIn;
import org.gajah.client.copy.CopyOut;

/** {@code gajah copy}: loads a file into a table of any PostgreSQL-compatible server, or unloads a table or query into a file. */
final class Copying {
    private static final int PIECE_BYTES = 1 << 16;

    private final CopyArguments arguments;
    private final InputStream in;
    private final OutputStream out;
    private final PrintStream err;
    private final boolean terminal;

    Copying(CopyArguments arguments, InputStream in, OutputStream out, PrintStream err, boolean terminal) {
        this.arguments = arguments;
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Runs it for the command line. */
    static void run(CopyArguments arguments) throws SQLException, IOException {
        boolean terminal = System.console() != null && System.console().isTerminal();
        new Copying(arguments, System.in, System.out, System.err, terminal).copy();
    }

    void copy() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql:", arguments.server().properties("gajah copy"))) {
            if (arguments.load()) {
                load(connection);
            } else {
                unload(connection);
            }
        }
    }

    private void load(Connection connection) throws SQLException, IOException {
        boolean standard = arguments.file().equals("-");
        OptionalLong total = standard ? OptionalLong.empty() : OptionalLong.of(Files.size(Path.of(arguments.file())));
        try (InputStream file = standard ? in : Files.newInputStream(Path.of(arguments.file()))) {
            if (arguments.batchRows() == 0) {
                loadAtOnce(connection, file, new CopyProgressLine(err, terminal, total, 0, System::nanoTime));
                return;
            }
            BatchLoad batches = new BatchLoad(arguments, connection, err);
            BatchLoad.Place from = batches.resumed();
            if (from.bytes() > total.orElse(Long.MAX_VALUE)) {
                throw new IOException(arguments.file() + " is shorter than what was loaded of it");
            }
            file.skipNBytes(from.bytes());
            CopyProgressLine line = new CopyProgressLine(err, terminal, total, from.bytes(), System::nanoTime);
            BatchLoad.Place end = batches.run(file, from, line);
            line.finish(end.rows(), end.bytes(), end.rejectedRows());
        }
    }

    private void loadAtOnce(Connection connection, InputStream file, CopyProgressLine line) throws SQLException, IOException {
        boolean lines = arguments.format() != CopyArguments.Format.BINARY;
        long bytes = 0;
        long rows = 0;
        try (CopyIn copy = CopyIn.start(connection, arguments.statement(arguments.header()))) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int some = file.read(piece); some >= 0; some = file.read(piece)) {
                copy.raw(some == piece.length ? piece : Arrays.copyOf(piece, some));
                bytes += some;
                for (int i = 0; lines && i < some; i++) {
                    rows += piece[i] == '\n' ? 1 : 0;
                }
                line.show(rows, bytes);
            }
            rows = copy.finish();
        }
        line.finish(rows, bytes, 0);
    }

    private void unload(Connection connection) throws SQLException, IOException {
        boolean json = arguments.format() == CopyArguments.Format.JSON;
        String from = arguments.source().startsWith("(") ? arguments.source()
                : "(SELECT " + (arguments.columns().isEmpty() ? "*" : arguments.columns()) + " FROM " + arguments.source() + ")";
        String sql = json ? "COPY (SELECT row_to_json(gajah_row) FROM " + from + " gajah_row) TO STDOUT" : arguments.statement(arguments.header());
        CopyProgressLine line = new CopyProgressLine(err, terminal, OptionalLong.empty(), 0, System::nanoTime);
        boolean standard = arguments.file().equals("-");
        long bytes = 0;
        long rows = 0;
        try (OutputStream file = new BufferedOutputStream(standard ? out : Files.newOutputStream(Path.of(arguments.file())), PIECE_BYTES);
                CopyOut copy = CopyOut.start(connection, sql)) {
            for (Optional<byte[]> row = next(copy, json); row.isPresent(); row = next(copy, json)) {
                file.write(row.get());
                bytes += row.get().length;
                rows++;
                line.show(rows, bytes);
            }
        }
        boolean notRow = arguments.header() || arguments.format() == CopyArguments.Format.BINARY;
        line.finish(rows - (notRow && rows > 0 ? 1 : 0), bytes, 0);
    }

    private static Optional<byte[]> next(CopyOut copy, boolean json) throws SQLException {
        return json ? copy.nextRow().map(row -> (row[0].replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8)) : copy.next();
    }
}
