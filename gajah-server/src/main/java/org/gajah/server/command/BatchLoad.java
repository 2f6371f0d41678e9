package org.gajah.server.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.client.copy.CopyIn;

/**
 * Loads a file batch by batch, each a transaction. A batch that the server refuses for its rows' sake is halved until the rows are found.
 *
 * <p>With {@code --resume} the transaction that loads a batch also writes into {@code gajah_copy_progress} how far the file is loaded: whatever
 * happens in between, each row is loaded once.
 */
final class BatchLoad {
    private static final String PROGRESS = "gajah_copy_progress";

    /** How far a file has been loaded: its bytes and rows, the bytes of the file of rejects and its rows. */
    record Place(long bytes, long rows, long rejectedBytes, long rejectedRows) {
        static final Place START = new Place(0, 0, 0, 0);
    }

    private final CopyArguments arguments;
    private final Connection connection;
    private final PrintStream err;
    private final String job;
    private Optional<FileChannel> rejects = Optional.empty();
    private String jsonColumns = "";
    private byte[] header = {};
    private long rows;
    private long rejectedRows;

    BatchLoad(CopyArguments arguments, Connection connection, PrintStream err) {
        this.arguments = arguments;
        this.connection = connection;
        this.err = err;
        this.jsonColumns = arguments.columns();
        this.job = arguments.source() + " from " + (arguments.file().equals("-") ? "-" : Path.of(arguments.file()).toAbsolutePath().normalize());
    }

    /** Where an earlier run has ended, for {@code --resume}. */
    Place resumed() throws SQLException {
        if (!arguments.resume()) {
            return Place.START;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + PROGRESS + " (job text PRIMARY KEY, bytes int8 NOT NULL, rows int8 NOT NULL, "
                    + "rejected_bytes int8 NOT NULL, rejected_rows int8 NOT NULL)");
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT bytes, rows, rejected_bytes, rejected_rows FROM " + PROGRESS
                + " WHERE job = ?")) {
            select.setString(1, job);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? new Place(found.getLong(1), found.getLong(2), found.getLong(3), found.getLong(4)) : Place.START;
            }
        }
    }

    /** Loads what the stream has behind the place, which it stands at; gives the place in the end. */
    Place run(InputStream in, Place from, CopyProgressLine line) throws SQLException, IOException {
        RowCutter cutter = isBinary() ? new BinaryCutter(in, from.bytes()) : new RecordCutter(in, arguments.format(), from.bytes());
        rows = from.rows();
        rejectedRows = from.rejectedRows();
        connection.setAutoCommit(false);
        try (FileChannel file = arguments.rejects().isPresent() ? openRejects(from.rejectedBytes()) : null) {
            rejects = Optional.ofNullable(file);
            if (isBinary()) {
                header = BinaryCutter.HEADER;
            } else if (arguments.header() && from.bytes() == 0) {
                header = cutter.next().orElse(header);
            }
            List<byte[]> batch = batch(cutter);
            while (!batch.isEmpty()) {
                load(batch, rows + rejectedRows + 1);
                remember(cutter.position());
                connection.commit();
                line.show(rows, cutter.position());
                batch = batch(cutter);
            }
            forget();
            connection.commit();
            return new Place(cutter.position(), rows, rejectedBytes(), rejectedRows);
        } catch (SQLException | IOException e) {
            connection.rollback();
            throw e;
        }
    }

    private FileChannel openRejects(long length) throws IOException {
        FileChannel file = FileChannel.open(Path.of(arguments.rejects().orElseThrow()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return file.truncate(length).position(length);
    }

    private long rejectedBytes() throws IOException {
        return rejects.isPresent() ? rejects.get().position() : 0;
    }

    private boolean isBinary() {
        return arguments.format() == CopyArguments.Format.BINARY;
    }

    private List<byte[]> batch(RowCutter cutter) throws IOException {
        List<byte[]> batch = new ArrayList<>();
        Optional<byte[]> row = Optional.empty();
        while (batch.size() < arguments.batchRows() && (row = cutter.next()).isPresent()) {
            batch.add(row.get());
        }
        return batch;
    }

    private void load(List<byte[]> batch, long number) throws SQLException, IOException {
        Savepoint before = connection.setSavepoint();
        try {
            if (arguments.format() == CopyArguments.Format.JSON) {
                insertJson(batch);
            } else {
                CopyIn.run(connection, arguments.statement(false), copy -> copy.raw(isBinary() ? binary(batch) : joined(batch)));
            }
            connection.releaseSavepoint(before);
            rows += batch.size();
        } catch (SQLException e) {
            if (!isOfRows(e)) {
                throw e;
            }
            if (rejects.isEmpty()) {
                throw new SQLException("in rows " + number + " to " + (number + batch.size() - 1) + ": " + e.getMessage(), e.getSQLState(), e);
            }
            connection.rollback(before);
            if (batch.size() == 1) {
                reject(batch.getFirst(), number, e);
            } else {
                int half = batch.size() / 2;
                load(batch.subList(0, half), number);
                load(batch.subList(half, batch.size()), number + half);
            }
        }
    }

    private static byte[] binary(List<byte[]> batch) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(BinaryCutter.HEADER);
        batch.forEach(all::writeBytes);
        all.writeBytes(BinaryCutter.END);
        return all.toByteArray();
    }

    private static byte[] joined(List<byte[]> batch) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] row : batch) {
            all.writeBytes(row);
            if (row[row.length - 1] != '\n') {
                all.write('\n');
            }
        }
        return all.toByteArray();
    }

    /** Rows whose columns have the names of the first object's keys, unless others were asked for. */
    private void insertJson(List<byte[]> batch) throws SQLException {
        if (jsonColumns.isEmpty()) {
            jsonColumns = keys(text(batch.getFirst()));
        }
        StringBuilder array = new StringBuilder("[");
        for (byte[] row : batch) {
            array.append(array.length() > 1 ? "," : "").append(text(row));
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + arguments.source() + " (" + jsonColumns + ") SELECT "
                + jsonColumns + " FROM json_populate_recordset(NULL::" + arguments.source() + ", ?::json)")) {
            insert.setString(1, array.append(']').toString());
            insert.executeUpdate();
        }
    }

    private static String text(byte[] row) {
        return new String(row, StandardCharsets.UTF_8).strip();
    }

    private String keys(String object) throws SQLException {
        try (PreparedStatement keys = connection.prepareStatement("SELECT string_agg(quote_ident(k), ', ') FROM json_object_keys(?::json) k")) {
            keys.setString(1, object);
            try (ResultSet found = keys.executeQuery()) {
                found.next();
                return Optional.ofNullable(found.getString(1)).orElse("");
            }
        }
    }

    /** Whether other rows might do: data exceptions, values of a wrong length, violated constraints and views' checks, what triggers raise. */
    private boolean isOfRows(SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("44") || state.equals("P0001")
                || isBinary() && state.equals("08P01");
    }

    private void reject(byte[] row, long number, SQLException reason) throws IOException {
        FileChannel file = rejects.orElseThrow();
        if (file.position() == 0 && header.length > 0) {
            file.write(ByteBuffer.wrap(header));
        }
        file.write(ByteBuffer.wrap(isBinary() ? row : joined(List.of(row))));
        rejectedRows++;
        err.println("gajah: row " + number + ": " + reason.getMessage().lines().findFirst().orElse(""));
    }

    private void remember(long bytes) throws SQLException, IOException {
        if (rejects.isPresent()) {
            rejects.get().force(false);
        }
        if (arguments.resume()) {
            try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO " + PROGRESS + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (job) DO UPDATE "
                    + "SET bytes = excluded.bytes, rows = excluded.rows, rejected_bytes = excluded.rejected_bytes, rejected_rows = excluded.rejected_rows")) {
                upsert.setString(1, job);
                upsert.setLong(2, bytes);
                upsert.setLong(3, rows);
                upsert.setLong(4, rejectedBytes());
                upsert.setLong(5, rejectedRows);
                upsert.executeUpdate();
            }
        }
    }

    /** The job is done. */
    private void forget() throws SQLException {
        if (arguments.resume()) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + PROGRESS + " WHERE job = ?")) {
                delete.setString(1, job);
                delete.executeUpdate();
            }
        }
    }
}
