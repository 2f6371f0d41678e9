package org.gajah.tests.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state machine of a connection around COPY, found out by asking a server: every message in every state, what comes, and in
 * which state the connection is then.
 */
final class CopyStates {
    private static final String TABLE = "copy_states";
    private static final String PROBE = "the probe";
    /** More than sockets hold, so that the server is still in the middle when the message comes. */
    private static final int ROWS = 300_000;

    /** A state: how to come there, and what has come until then. */
    enum State {
        READY("`ready`", 0), EXTENDED("`extended`", 0), SKIPPING("`skipping`", 1), COPY_IN("`copy-in`", 1), COPY_IN_EXTENDED("`copy-in*`", 3),
        COPY_OUT("`copy-out`", 0), COPY_OUT_EXTENDED("`copy-out*`", 0);

        private final String word;
        private final int answers;

        State(String word, int answers) {
            this.word = word;
            this.answers = answers;
        }

        void enter(CopyClient client) throws IOException {
            switch (this) {
                case READY -> { }
                case EXTENDED -> client.parse("SELECT 1").bind();
                case SKIPPING -> client.parse("SELEC 1").flush();
                case COPY_IN -> client.query("COPY " + TABLE + " FROM STDIN");
                case COPY_IN_EXTENDED -> client.parse("COPY " + TABLE + " FROM STDIN").bind().execute(0);
                case COPY_OUT -> client.query("COPY (SELECT generate_series(1, " + ROWS + ")) TO STDOUT");
                case COPY_OUT_EXTENDED -> client.parse("COPY (SELECT generate_series(1, " + ROWS + ")) TO STDOUT").bind().execute(0);
            }
            client.send();
            for (int i = 0; i < answers; i++) {
                client.next();
            }
        }
    }

    /** What a client may send, also what it should not. */
    enum Message {
        QUERY("Query"), PARSE("Parse"), BIND("Bind"), DESCRIBE("Describe"), EXECUTE("Execute"), CLOSE("Close"), FLUSH("Flush"), SYNC("Sync"),
        FUNCTION_CALL("FunctionCall"), DATA("CopyData"), BAD_DATA("CopyData, a bad row"), DONE("CopyDone"), FAIL("CopyFail"),
        TERMINATE("Terminate"), UNKNOWN("an unknown type"), NO_LENGTH("a length below 4"), END("end of the connection");

        private final String words;

        Message(String words) {
            this.words = words;
        }

        void add(CopyClient client) {
            switch (this) {
                case QUERY -> client.query("SELECT 1");
                case PARSE -> client.parse("SELECT 2");
                case BIND -> client.bind();
                case DESCRIBE -> client.describe();
                case EXECUTE -> client.execute(0);
                case CLOSE -> client.add('C', "P\0");
                case FLUSH -> client.flush();
                case SYNC -> client.sync();
                case FUNCTION_CALL -> client.add('F', "\0\0\0\0\0\0\0\0\0\0");
                case DATA -> client.data("1\n");
                case BAD_DATA -> client.data("x\n");
                case DONE -> client.done();
                case FAIL -> client.fail("reason");
                case TERMINATE -> client.add('X', "");
                case UNKNOWN -> client.add('y', "");
                case NO_LENGTH -> client.addBroken();
                case END -> { }
            }
        }
    }

    private final int port;
    private final String database;
    private final boolean postgres;

    /** @param postgres whether it is PostgreSQL, which says nothing any more to a Query behind an Execute without a Sync */
    CopyStates(int port, String database, boolean postgres) {
        this.port = port;
        this.postgres = postgres;
        this.database = database;
    }

    /** The table: for each message by its words, for each state by its word, what comes and the next state. */
    Map<String, Map<String, String>> table() throws IOException {
        try (CopyClient client = new CopyClient(port, database)) {
            client.query("DROP TABLE IF EXISTS " + TABLE).ask();
            client.query("CREATE TABLE " + TABLE + " (a int)").ask();
        }
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        for (Message message : Message.values()) {
            for (State state : State.values()) {
                table.computeIfAbsent(message.words, _ -> new LinkedHashMap<>()).put(state.word, cell(state, message));
            }
        }
        return table;
    }

    /** What a message brings in a state, and the state after it. */
    private String cell(State state, Message message) throws IOException {
        if (postgres && message == Message.QUERY && state == State.COPY_OUT_EXTENDED) {
            return "not asked";
        }
        List<String> copy = ask(state, message, false);
        int probe = 0;
        while (probe < copy.size() && !copy.get(probe).startsWith("E 57014 COPY from stdin failed: " + PROBE)) {
            probe++;
        }
        if (probe < copy.size()) {
            boolean simple = copy.get(probe + 1).startsWith("Z") && copy.get(probe + 2).startsWith("Z");
            return cell(copy.subList(0, probe), simple ? State.COPY_IN : State.COPY_IN_EXTENDED);
        }
        List<String> rest = ask(state, message, true);
        if (rest.getLast().equals(CopyClient.END)) {
            boolean out = state == State.COPY_OUT || state == State.COPY_OUT_EXTENDED;
            List<String> said = rest.stream().filter(w -> !w.equals(CopyClient.END) && (!out || w.startsWith("FATAL "))).toList();
            return cell(said) + "→ end";
        }
        int error = rest.indexOf("E 42601 syntax error at or near \"probe\"");
        List<String> answer = rest.subList(0, error >= 0 ? error : rest.size() - 5);
        return cell(answer, error < 0 ? State.SKIPPING
                : answer.isEmpty() ? state : answer.getLast().startsWith("Z") ? State.READY : State.EXTENDED);
    }

    private static String cell(List<String> answer, State after) {
        return cell(answer) + "→ " + after.word;
    }

    private static String cell(List<String> answer) {
        List<String> brief = new ArrayList<>();
        for (String word : answer) {
            brief.add(word.startsWith("E ") || word.startsWith("FATAL ") ? word.substring(0, word.indexOf(' ') + 6) : word);
        }
        String line = String.join(", ", brief).replace("H text 1, d…, c, COPY " + ROWS + ", Z I", "rest").replace("1, 2, H text 1, d…, c, COPY "
                + ROWS, "rest").replace("1, 2, rest", "rest, Z I");
        return line.isEmpty() ? "" : line + " ";
    }

    /** Comes into the state, sends the message, and then what tells states apart. */
    private List<String> ask(State state, Message message, boolean parse) throws IOException {
        try (CopyClient client = new CopyClient(port, database)) {
            state.enter(client);
            message.add(client);
            if (message == Message.END) {
                client.send().shutdownOutput();
            }
            if (message != Message.END) {
                (parse ? client.parse("probe").flush() : client.fail(PROBE)).sync().query("SELECT 'done'").send();
            }
            List<String> all = new ArrayList<>();
            while (!all.contains("D done") && !all.contains(CopyClient.END)) {
                all.addAll(client.answer(1));
            }
            if (all.getFirst().equals("1") && state == State.EXTENDED) {
                all.subList(0, 2).clear();
            }
            return all;
        }
    }
}
