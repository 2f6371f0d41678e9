package org.gajah.plpgsql;

import java.util.Optional;

/** How often a loop or a function's body has run, and its code once that has been often. */
final class Heat {
    private static final Interpreter.Flow[] FLOWS = Interpreter.Flow.values();

    private static final int OFTEN = 200;

    private int wanted = Integer.getInteger("gajah.plpgsql.often", OFTEN);
    private int rounds;
    private int entries;
    private boolean isLong;
    private boolean fits = true;
    private long version;
    private Optional<HotCode> code = Optional.empty();

    /** A loop begins. */
    void enter() {
        entries++;
    }

    /** Whether a loop has been found to go through many rounds each time. */
    boolean isLong() {
        return isLong;
    }

    /** One more round begins: whether it is time for {@link #run}. */
    boolean ripe(Interpreter frame, Step step) {
        if (!fits || ++rounds < wanted) {
            return false;
        }
        long now = frame.a.session().catalogVersion();
        if (code.isPresent() && version == now) {
            return true;
        }
        if (code.isPresent()) {
            // Catalogs that change all the time are no ground for code.
            code = Optional.empty();
            wanted = Math.min(2 * Math.max(wanted, 1), 1 << 20);
            rounds = 0;
            return false;
        }
        isLong = entries == 1 && rounds >= OFTEN;
        version = now;
        code = HotClass.of(frame, step, version);
        fits = code.isPresent();
        return fits;
    }

    /** Runs the code to its end. */
    Interpreter.Flow run(Interpreter frame, Step step, Object state) {
        frame.current = step;
        frame.stands = true;
        return FLOWS[code.orElseThrow().run(frame, frame.a.values(), state)];
    }
}
