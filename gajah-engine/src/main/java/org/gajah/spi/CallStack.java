package org.gajah.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The routines of a session that run inside one another, as CONTEXT tells of them. */
public final class CallStack {
    private final List<Supplier<String>> calls = new ArrayList<>();

    public CallStack() {
    }

    /** A call begins; {@code lines} says where it is whenever it is asked. */
    public void enter(Supplier<String> lines) {
        calls.add(lines);
    }

    /** The innermost call ends. */
    public void leave() {
        calls.removeLast();
    }

    /** After an error: nothing runs any more. */
    public void clear() {
        calls.clear();
    }

    /** This line, followed by those of all calls around the innermost one. */
    public String below(String line) {
        StringBuilder all = new StringBuilder(line);
        for (int i = calls.size() - 2; i >= 0; i--) {
            all.append('\n').append(calls.get(i).get());
        }
        return all.toString();
    }
}
