package org.gajah.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.gajah.base.DiskException;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;

/** {@code gajah}: without a subcommand it serves. Exit status 1 is a start that failed, 2 a command line that makes no sense. */
public final class Main {
    private static final String HELP = """
            Usage: gajah [serve] [--data DIR] [--host HOST] [--port PORT] [-c NAME=VALUE]...
            Serves PostgreSQL clients from a data directory.
              --data DIR       data directory, made on first start (default: gajah-data)
              --host HOST      what to listen on: names or addresses, * for all (listen_addresses)
              --port PORT      TCP port, 0 for any free one (port)
              -c NAME=VALUE    a setting; wins over postgresql.conf
              --version        say what this is, and exit
              --help           say this, and exit

            Usage: gajah listen CHANNEL... [--json] [--after NUMBER] [-h HOST] [-p PORT] [-d DBNAME] [-U USERNAME]
            Prints notifications of a PostgreSQL-compatible server as they come: time, process id, channel, payload.
            Reconnects when it must. PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD and PGSSLMODE are heeded.
              --json           a JSON object a line
              --after NUMBER   begin with what the retained channel has behind this number

            Usage: gajah copy load TABLE FILE [OPTION]...
                   gajah copy unload TABLE FILE | unload --query SQL FILE [OPTION]...
            Copies a file (- is standard input or output) into a table of a PostgreSQL-compatible server, or out of it. Connects as listen does.
              --format NAME    text, csv, binary or json (an object a line); without it the file's name decides
              --header         the first line has the names of the columns
              --columns LIST   columns of the table
              --options LIST   more options of COPY, such as "delimiter ';', null ''"
              --batch ROWS     load so many rows a transaction
              --rejects FILE   put rows there that the server does not take, and go on
              --resume         go on where an earlier run has ended; keeps that in the table gajah_copy_progress
            """;

    private Main() {
    }

    public static void main(String[] words) {
        System.exit(run(words));
    }

    private static int run(String[] words) {
        try {
            if (List.of(words).contains("--help")) {
                System.out.print(HELP);
                return 0;
            }
            if (words.length > 0 && words[0].equals("listen")) {
                Listening.run(ListenArguments.parse(List.of(words).subList(1, words.length), System.getenv()));
                return 0;
            }
            if (words.length > 0 && words[0].equals("copy")) {
                Copying.run(CopyArguments.parse(List.of(words).subList(1, words.length), System.getenv()));
                return 0;
            }
            Arguments arguments = Arguments.parse(words);
            switch (arguments.action()) {
                case HELP -> System.out.print(HELP);
                case VERSION -> System.out.println("gajah " + version() + ", compatible with PostgreSQL 18.6");
                case SERVE -> Serving.serve(arguments.data(), arguments.settings(), ServerLog.toStandardError());
                case TRAIN -> Training.train(arguments.data(), ServerLog.toStandardError());
            }
            return 0;
        } catch (Arguments.Misunderstood e) {
            System.err.println("gajah: " + e.getMessage() + " (see gajah --help)");
            return 2;
        } catch (ConfigError | DiskException | IOException | SQLException e) {
            System.err.println("gajah: " + e.getMessage());
            return 1;
        }
    }

    private static String version() throws IOException {
        try (InputStream text = Main.class.getResourceAsStream("version.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
