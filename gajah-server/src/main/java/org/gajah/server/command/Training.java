package org.gajah.server.command;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import org.gajah.wire.Bind;
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
                client.say(new Terminate());
            }
        }
    }

    private void say(FrontendMessage... messages) throws IOException {
        WireBuffer out = new WireBuffer();
        for (FrontendMessage message : messages) {
            message.encode(out);
        }
        socket.getOutputStream().write(out.toBytes());
    }

    private void untilReady() throws IOException {
        Optional<Frame> frame;
        do {
            frame = reader.next(FrameLimits.BACKEND);
        } while (frame.orElseThrow(EOFException::new).type() != 'Z');
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
