package org.gajah.plpgsql;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A block or loop that generated code is inside of: where EXIT and CONTINUE go, and what is to be done on the way out. */
final class Construct {
    private final CodeBuilder code;
    private final Optional<Construct> outer;
    private final String label;
    private final boolean isLoop;
    /** Where a loop's next round begins. */
    final Label next;
    final Label end;
    private final Optional<Runnable> leaving;
    private final Map<Way, Label> ways = new LinkedHashMap<>();

    /** A way out: to a construct around, or out of the generated code if there is none. */
    record Way(Optional<Construct> to, Interpreter.Flow flow, String label) {
    }

    /** @param leaving code that runs when the construct is left for one around it */
    Construct(CodeBuilder code, Optional<Construct> outer, String label, boolean isLoop, Optional<Runnable> leaving) {
        this.code = code;
        this.outer = outer;
        this.label = label;
        this.isLoop = isLoop;
        this.leaving = leaving;
        this.next = code.newLabel();
        this.end = code.newLabel();
    }

    Optional<Construct> outer() {
        return outer;
    }

    /** Where EXIT or CONTINUE from within goes. */
    static Way way(Optional<Construct> from, Interpreter.Flow flow, String label) {
        Optional<Construct> at = from;
        while (at.isPresent() && !at.get().isMeant(flow, label)) {
            at = at.get().outer;
        }
        return new Way(at, flow, label);
    }

    private boolean isMeant(Interpreter.Flow flow, String wanted) {
        return flow != Interpreter.Flow.RETURN && (isLoop || flow == Interpreter.Flow.EXIT && !wanted.isEmpty()) && (wanted.isEmpty() || wanted.equals(label));
    }

    /** What to jump to from inside. */
    static Label jump(Optional<Construct> from, Way way, Function<Way, Label> outside) {
        Optional<Construct> at = from;
        while (at.isPresent() && at.get() != way.to.orElse(null)) {
            Construct here = at.get();
            if (here.leaving.isPresent()) {
                return here.ways.computeIfAbsent(way, _ -> here.code.newLabel());
            }
            at = here.outer;
        }
        return way.to.isEmpty() ? outside.apply(way) : way.flow == Interpreter.Flow.EXIT ? way.to.get().end : way.to.get().next;
    }

    /** Writes what is done on the ways out: behind the construct's code. */
    void finish(Function<Way, Label> outside) {
        ways.forEach((way, from) -> {
            code.labelBinding(from);
            leaving.orElseThrow().run();
            code.goto_(jump(outer, way, outside));
        });
    }
}
