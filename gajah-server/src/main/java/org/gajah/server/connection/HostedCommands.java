package org.gajah.server.connection;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import org.gajah.wire.Frame;

/**
 * Which messages a connection may work off on the thread of a client in this process, which waits for the answer: those that never
 * wait for the client to send or take something in between, as COPY does. Statements that are not known to be such get a thread.
 */
final class HostedCommands {
    private static final Set<String> WORDS = Set.of("select", "insert", "update", "delete", "merge", "with", "values", "begin", "start",
            "commit", "end", "rollback", "abort", "savepoint", "release", "set", "reset", "show");
    private static final int LONGEST = 9;

    private boolean others;

    /** Whether the message is to be worked off by a thread of the connection's own. */
    boolean needsThread(Frame frame) {
        return switch (frame.type()) {
            case 'Q' -> others || !isKnown(frame, frame.offset()) || hasMore(frame);
            case 'F' -> true;
            case 'P' -> !knows(frame) || others;
            default -> others;
        };
    }

    /** Whether a Query message has, or may have, a second statement. */
    private static boolean hasMore(Frame frame) {
        byte[] bytes = frame.array();
        int end = frame.offset() + frame.length();
        int at = frame.offset();
        while (at < end && bytes[at] != ';' && bytes[at] != 0) {
            at++;
        }
        return at < end && bytes[at] == ';' && at + 1 < end && bytes[at + 1] != 0;
    }

    /** Whether a Parse message begins with a word that is known. One that stays prepared is remembered. */
    private boolean knows(Frame frame) {
        byte[] bytes = frame.array();
        int end = frame.offset() + frame.length();
        int at = frame.offset();
        while (at < end && bytes[at] != 0) {
            at++;
        }
        boolean named = at > frame.offset();
        boolean known = isKnown(frame, at + 1);
        others |= named && !known;
        return known;
    }

    /** Whether the text there begins with a word that is known, or is empty. */
    private static boolean isKnown(Frame frame, int text) {
        byte[] bytes = frame.array();
        int end = frame.offset() + frame.length();
        int at = text;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        int start = at;
        while (at < end && at - start <= LONGEST && Character.isLetter(bytes[at])) {
            at++;
        }
        String word = new String(bytes, start, at - start, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        return WORDS.contains(word) || at < end && at == start && bytes[at] == 0;
    }
}
