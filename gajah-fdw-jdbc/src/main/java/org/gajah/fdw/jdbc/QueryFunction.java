package org.gajah.fdw.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.gajah.api.foreign.ForeignCall;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.RowTarget;

/** {@code jdbc_exec(server, query)}: the rows of any query there, as the columns that the caller names. */
final class QueryFunction {
    static final String SCRIPT = """
            CREATE FUNCTION @extschema@.jdbc_exec(server text, query text) RETURNS SETOF record AS 'MODULE_PATHNAME' LANGUAGE C STRICT;
            """;
    private static final int FETCH_SIZE = 1000;

    private QueryFunction() {
    }

    static Iterator<List<Optional<String>>> call(ForeignCall call) {
        ForeignServer server = call.server(call.arguments().get(0).orElseThrow());
        String sql = call.arguments().get(1).orElseThrow();
        Outside.require(call, server, JdbcWrapper.profile(server).url());
        RemoteSql remote = new RemoteSql("", sql, sql, List.of(), call.columns(), FETCH_SIZE);
        ForeignSession session = call.session(server);
        if (session instanceof JdbcSession s) {
            s.keepToOneself();
        }
        return new Texts(session.query(remote, List.of()), call.columns().size());
    }

    /** Rows as text, fetched some at a time. */
    private static final class Texts implements RowTarget, Iterator<List<Optional<String>>> {
        private final ForeignRows rows;
        private final int width;
        private final ArrayDeque<List<Optional<String>>> waiting = new ArrayDeque<>();
        private List<Optional<String>> row;
        private boolean atEnd;

        Texts(ForeignRows rows, int width) {
            this.rows = rows;
            this.width = width;
            row = empty();
        }

        private List<Optional<String>> empty() {
            return new ArrayList<>(java.util.Collections.nCopies(width, Optional.empty()));
        }

        @Override
        public boolean hasNext() {
            if (waiting.isEmpty() && !atEnd) {
                atEnd = rows.fetch(this, FETCH_SIZE) == 0;
                if (atEnd) {
                    rows.close();
                }
            }
            return !waiting.isEmpty();
        }

        @Override
        public List<Optional<String>> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return waiting.remove();
        }

        @Override
        public void setLong(int column, long value) {
            row.set(column, Optional.of(Long.toString(value)));
        }

        @Override
        public void setDouble(int column, double value) {
            row.set(column, Optional.of(Double.toString(value)));
        }

        @Override
        public void setBoolean(int column, boolean value) {
            row.set(column, Optional.of(value ? "t" : "f"));
        }

        @Override
        public void setText(int column, String value) {
            row.set(column, Optional.of(value));
        }

        @Override
        public void setText(int column, byte[] utf8, int offset, int length) {
            row.set(column, Optional.of(new String(utf8, offset, length, StandardCharsets.UTF_8)));
        }

        @Override
        public void setBytes(int column, byte[] value) {
            row.set(column, Optional.of("\\x" + HexFormat.of().formatHex(value)));
        }

        @Override
        public void endRow() {
            waiting.add(row);
            row = empty();
        }
    }
}
