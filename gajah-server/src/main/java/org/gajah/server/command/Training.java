package org.gajah.server.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import org.gajah.wire.Bind;
import org.gajah.wire.CopyData;
import org.gajah.wire.CopyDone;
import org.gajah.wire.Describe;
import org.gajah.wire.Execute;
import org.gajah.wire.Parse;
import org.gajah.wire.Query;
import org.gajah.wire.Sync;
import org.gajah.wire.Values;

/**
 * {@code gajah train}: starts a server, has clients do a little of what most do first, and much of what most do all day, and stops it, so that the build can
 * keep what the JVM loaded and linked meanwhile, and a new cluster's files. Statements that fail are as good as others.
 */
final class Training {
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

    /** A small table, and small transactions on it; each knows $1. */
    private static final List<String> DRILLED = List.of("create table drilled (id int, n int, filler char(84))",
            "insert into drilled select i, i, '' from generate_series(0, 9999) i", "alter table drilled add primary key (id)");
    private static final String LOOKED_UP = "select n from drilled where id = $1";
    private static final List<String> CHANGED = List.of("begin", "update drilled set n = n + 1 where id = $1",
            "insert into drilled (id, n) values (10000 + $1, 1)", "delete from drilled where id = 10000 + $1", "end");
    private static final int ROUNDS = 10_000;

    private final TrainingClient client;

    private Training(TrainingClient client) {
        this.client = client;
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
            try (TrainingClient client = new TrainingClient(server)) {
                Training training = new Training(client);
                training.variety();
                training.copy();
            }
        }
        try (TrainingClient client = new TrainingClient(server)) {
            new Training(client).drill();
        }
    }

    private void variety() throws IOException {
        for (String statement : STATEMENTS) {
            client.query(statement);
        }
        for (String statement : STATEMENTS) {
            client.answer(new Parse("", statement, new int[0]), new Bind("", "", new short[0], Values.NONE, new short[0]),
                    new Describe('P', ""), new Execute("", 0), new Sync());
        }
    }

    /**
     * Does the same again and again, for the compiler to have a full picture of it: a look-up in each round, prepared, in some of them as
     * plain text too, and in some a transaction.
     */
    private void drill() throws IOException {
        for (String statement : DRILLED) {
            client.query(statement);
        }
        client.answer(new Parse(LOOKED_UP, LOOKED_UP, new int[0]), new Sync());
        for (String statement : CHANGED) {
            client.answer(new Parse(statement, statement, new int[0]), new Sync());
        }
        for (int round = 0; round < ROUNDS; round++) {
            String id = Integer.toString(round * 7919 % ROUNDS);
            run(LOOKED_UP, id);
            if (round % 3 == 0) {
                client.query(LOOKED_UP.replace("$1", id));
            }
            for (String statement : round % 5 == 0 ? CHANGED : List.<String>of()) {
                run(statement, id);
            }
        }
        client.query("drop table drilled");
    }

    private void run(String statement, String id) throws IOException {
        Values values = statement.contains("$1") ? Values.of(Optional.of(id.getBytes(StandardCharsets.US_ASCII))) : Values.NONE;
        client.answer(new Bind("", statement, new short[0], values, new short[0]), new Describe('P', ""), new Execute("", 0), new Sync());
    }

    /** Copies a table out and what came in again, in each format: loops over rows are what gains most from being known. */
    private void copy() throws IOException {
        for (String statement : COPIED) {
            client.query(statement);
        }
        for (String format : List.of("text", "csv", "binary")) {
            byte[] data = client.answer(new Query("copy copied to stdout (format " + format + ")"));
            client.query("truncate copied");
            client.answer(new Query("copy copied from stdin (format " + format + ")"), new CopyData(data), new CopyDone());
        }
        client.query("drop table copied");
    }
}
