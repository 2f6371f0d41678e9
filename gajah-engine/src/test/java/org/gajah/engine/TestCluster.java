package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Env;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.settings.ServerSettings;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;

/** A cluster in memory and sessions on it that give rows as text. */
final class TestCluster implements AutoCloseable {
    final Env env;
    private final Instance cluster;

    TestCluster() {
        this(SystemEnv.inMemory());
    }

    TestCluster(Env env) {
        this.env = env;
        this.cluster = Instance.open(env, new ServerSettings());
    }

    Instance instance() {
        return cluster;
    }

    Session connect() {
        return connect("postgres");
    }

    Session connect(String database) {
        return cluster.connect(new Cluster.ConnectionRequest("postgres", database, List.of(), Optional.empty(), new QuietClient()));
    }

    /** Runs a text of statements; the rows of all, columns joined by "|". */
    static List<String> rows(Session session, String sql) {
        List<String> rows = new ArrayList<>();
        session.query(Slice.of(sql), new RowSink(rows));
        return rows;
    }

    @Override
    public void close() {
        cluster.close();
    }

    private static final class RowSink implements ResultSink {
        private final List<String> rows;
        private List<ResultColumn> columns = List.of();
        private Optional<TypeContext> types = Optional.empty();

        RowSink(List<String> rows) {
            this.rows = rows;
        }

        @Override
        public void columns(List<ResultColumn> given, TypeContext context) {
            columns = given;
            types = Optional.of(context);
        }

        @Override
        public void rows(Batch batch) {
            for (int i = 0; i < batch.count(); i++) {
                int row = batch.selection().row(i);
                StringBuilder text = new StringBuilder();
                for (int c = 0; c < columns.size(); c++) {
                    text.append(c == 0 ? "" : "|");
                    if (!batch.column(c).isNull(row)) {
                        ByteSink out = new ByteSink();
                        columns.get(c).codec().format(batch.column(c), row, types.orElseThrow(), out);
                        text.append(out);
                    }
                }
                rows.add(text.toString());
            }
        }

        @Override
        public void complete(String tag) {
            columns = List.of();
        }

        @Override
        public void suspended() {
            throw new IllegalStateException("nobody asked for a piece");
        }

        @Override
        public void empty() {
            columns = List.of();
        }

        @Override
        public CopyInput copyIn(boolean binary, int count) {
            throw new IllegalStateException("no COPY here");
        }

        @Override
        public CopyOutput copyOut(boolean binary, int count) {
            throw new IllegalStateException("no COPY here");
        }
    }

    /** A client that hears nothing. */
    private static final class QuietClient implements Client {
        private int messages;

        @Override
        public void message(String severity, SqlError message) {
            messages++;
        }

        @Override
        public void parameterStatus(String name, String value) {
            messages++;
        }

        @Override
        public void notification(int processId, String channel, Slice payload) {
            messages++;
        }

        @Override
        public void wake() {
            messages++;
        }

        @Override
        public void terminate(SqlError reason) {
            messages++;
        }
    }
}
