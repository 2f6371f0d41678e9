package org.gajah.server.command;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import org.gajah.wire.Bind;
import org.gajah.wire.CopyData;
import org.gajah.wire.CopyDone;
import org.gajah.wire.Describe;
import org.gajah.wire.Execute;
import org.gajah.wire.Frame;
import org.gajah.wire.FrameLimits;
import org.gajah.wire.FrameReader;
import org.gajah.wire.FrontendMessage;
import org.gajah.wire.Parse;
import org.gajah.wire.Query;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.Sync;
import org.gajah.wire.Terminate;
import org.gajah.wire.Values;
import org.gajah.wire.WireBuffer;

/**
 * {@code gajah train}: starts a server, has a client do a little of what most clients do first, and stops it, so that the build can
 * keep what the JVM loaded and linked meanwhile, and a new cluster's files. Statements that fail are as good as others.
 */
final class Training implements AutoCloseable {
    private static final List<String> STATEMENTS = List.of("select 1", "set extra_float_digits = 3",
            "create table t (id int primary key, name text not null, at timestamptz default now(), amount numeric(10,2))",
            "begin", "insert into t (id, name, amount) values (1, 'one', 1.5), (2, 'two', 2.25)",
            "update t set name = upper(name) where id = 1", "select * from t where id = 2",
            "select name, count(*), sum(amount) from t group by name order by 2 desc limit 10",
            "select a.id from t a join t b on a.id = b.id where a.name like 'O%'", "delete from t where id = 2", "commit",
            "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r'",
            "show server_version", "listen training", "drop table t");

    private static final List<String> COPIED = List.of(
            "create table copied (id int8, n int4, amount numeric(10,2), at timestamp, name text, flag bool)",
            "insert into copied select i, i % 1000, i / 100.0, '2024-01-01'::timestamp + i * '1 s'::interval, 'name ' || i, i % 2 = 0 "
                    + "from generate_series(1, 10000) i");

    private final Socket socket;
    private final FrameReader reader;

    private Training(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        reader = new FrameReader(socket.getInputStream()::read);
    }

    /** Makes and closes a cluster, which then is the template that {@code -Dgajah.template} names, and works with a copy. */
    static void train(Path data, ServerLog log) throws IOException, ConfigError {
        Map<String, String> settings = Map.of("port", "0", "fsync", "off");
        Path made = data.resolve("made");
        RunningServer.start(made, settings, Serving::openEngine, log).close();
        Files.move(made.resolve(RunningServer.STORAGE), Path.of(System.getProperty("gajah.template")));
        try (RunningServer server = RunningServer.start(data.resolve("used"), settings, Serving::openEngine, log)) {
            Signals.onFirst(server::close);
            work(server.server().addresses().getFirst());
            System.out.println("gajah: trained on " + server.address());
        }
    }

    private static void work(InetSocketAddress server) throws IOException {
        for (int round = 0; round < 3; round++) {
            try (Training client = new Training(server)) {
                WireBuffer out = new WireBuffer();
                new StartupMessage(StartupMessage.V3_0, Map.of("user", "postgres")).encode(out);
                client.socket.getOutputStream().write(out.toBytes());
                client.untilReady();
                for (String statement : STATEMENTS) {
                    client.say(new Query(statement));
                    client.untilReady();
                }
                for (String statement : STATEMENTS) {
                    client.say(new Parse("", statement, new int[0]),
                            new Bind("", "", new short[0], Values.NONE, new short[0]), new Describe('P', ""),
                            new Execute("", 0), new Sync());
                    client.untilReady();
                }
                client.copy();
                client.say(new Terminate());
            }
        }
    }

    /** Copies a table out and what came in again, in each format: loops over rows are what gains most from being known. */
    private void copy() throws IOException {
        for (String statement : COPIED) {
            say(new Query(statement));
            untilReady();
        }
        for (String format : List.of("text", "csv", "binary")) {
            say(new Query("copy copied to stdout (format " + format + ")"));
            byte[] data = untilReady();
            say(new Query("truncate copied"));
            untilReady();
            say(new Query("copy copied from stdin (format " + format + ")"), new CopyData(data), new CopyDone());
            untilReady();
        }
        say(new Query("drop table copied"));
        untilReady();
    }

    private void say(FrontendMessage... messages) throws IOException {
        WireBuffer out = new WireBuffer();
        for (FrontendMessage message : messages) {
            message.encode(out);
        }
        socket.getOutputStream().write(out.toBytes());
    }

    /** Reads the answer to its end; gives the data of a COPY in it. */
    private byte[] untilReady() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Frame frame;
        do {
            frame = reader.next(FrameLimits.BACKEND).orElseThrow(EOFException::new);
            if (frame.type() == 'd') {
                data.write(frame.array(), frame.offset(), frame.length());
            }
        } while (frame.type() != 'Z');
        return data.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
