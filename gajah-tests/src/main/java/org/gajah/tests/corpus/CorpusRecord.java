package org.gajah.tests.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One statement of the corpus and its answer.
 *
 * <p>Directives, each a line that starts with {@code @}:
 * <ul>
 * <li>{@code @session NAME}: on the connection of that name, opened when first used; without it on {@code main};
 * <li>{@code @blocks}: the statement is expected to wait for a lock; its answer is that of the later record that says
 *     {@code @await} for the same session (that record has no statement);
 * <li>{@code @reconnect}: on a new connection in place of the session's old one;
 * <li>{@code @restart}: the server is stopped and started before the statement, all sessions are new;
 * <li>{@code @user NAME}: the session connects as that role (where it connects for the first time);
 * <li>{@code @unordered}: rows are compared sorted;
 * <li>{@code @simple}: always by the simple protocol (several commands, or an answer that depends on it);
 * <li>{@code @text}: results always in text form (settings change it and leave the binary form alone);
 * <li>{@code @param TYPE VALUE}: by the extended protocol with this next parameter, {@code \N} is NULL, no type is {@code -};
 * <li>{@code @data LINE}: sent when the server asks for COPY data; {@code @bytes HEX}: the same for
 *     bytes in one message; {@code @fail MESSAGE} ends the data with CopyFail;
 * <li>{@code @differs REASON}: Gajah's answer is deliberately not PostgreSQL's; it stands below {@code ---- gajah}.
 * </ul>
 */
public record CorpusRecord(int line, List<String> head, List<String> directives, String statement, List<String> answer,
        List<String> ownAnswer) {
    static final String SEPARATOR = "----";
    static final String OWN_SEPARATOR = "---- gajah";

    /** Parses the lines of one record; {@code line} is the first one's number in the file. */
    static CorpusRecord parse(int line, List<String> lines) {
        List<String> head = new ArrayList<>();
        List<String> directives = new ArrayList<>();
        List<String> statement = new ArrayList<>();
        List<String> answer = new ArrayList<>();
        List<String> own = new ArrayList<>();
        List<String> below = null;
        for (String text : lines) {
            if (text.equals(SEPARATOR)) {
                below = answer;
            } else if (text.equals(OWN_SEPARATOR)) {
                below = own;
            } else if (below != null) {
                below.add(text);
            } else {
                head.add(text);
                if (text.startsWith("@")) {
                    directives.add(text.substring(1));
                } else if (!text.startsWith("#")) {
                    statement.add(text);
                }
            }
        }
        return new CorpusRecord(line, head, directives, String.join("\n", statement), answer, own);
    }

    /** Whether there is anything to run: comments may stand alone. */
    boolean runs() {
        return !statement.isEmpty() || has("await");
    }

    boolean has(String directive) {
        return directives.stream().anyMatch(d -> d.equals(directive) || d.startsWith(directive + " "));
    }

    /** What follows the first directive of that name. */
    Optional<String> argument(String directive) {
        return arguments(directive).stream().findFirst();
    }

    /** What follows each directive of that name, in order. */
    List<String> arguments(String directive) {
        return directives.stream().filter(d -> d.equals(directive) || d.startsWith(directive + " "))
                .map(d -> d.length() > directive.length() ? d.substring(directive.length() + 1) : "").toList();
    }

    String session() {
        return argument("session").orElse("main");
    }

    /** What Gajah is expected to answer. */
    List<String> expected() {
        return has("differs") ? ownAnswer : answer;
    }

    /** The statement on one line, cut short: a name for people. */
    String title() {
        String text = (has("await") ? "await " + session() : statement).replaceAll("\\s+", " ").strip();
        return text.length() > 100 ? text.substring(0, 100) : text;
    }

    /** The record's lines with another answer. */
    List<String> linesWith(List<String> newAnswer) {
        List<String> lines = new ArrayList<>(head);
        if (runs()) {
            lines.add(SEPARATOR);
            lines.addAll(newAnswer);
            if (!ownAnswer.isEmpty()) {
                lines.add(OWN_SEPARATOR);
                lines.addAll(ownAnswer);
            }
        }
        return lines;
    }
}
