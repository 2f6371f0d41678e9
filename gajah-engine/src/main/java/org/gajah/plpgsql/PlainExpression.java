package org.gajah.plpgsql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.exec.Evaluation;
import org.gajah.exec.ScalarCode;
import org.gajah.spi.SpiSession;

/** An expression over variables alone: evaluated by kernels, and by faster code once it has been evaluated often. */
final class PlainExpression {
    private static final int OFTEN = 50;

    private final Expr expr;
    /** Evaluations that no call is using. */
    private final Deque<Evaluation> idle = new ArrayDeque<>(1);
    private Optional<ScalarCode> code = Optional.empty();
    private int count;

    PlainExpression(Expr expr) {
        this.expr = expr;
    }

    Expr expr() {
        return expr;
    }

    int type() {
        return expr.type();
    }

    Object value(Activation a) {
        if (code.isPresent()) {
            return code.get().value(a.values());
        }
        SpiSession session = a.session();
        if (++count == OFTEN) {
            code = session.scalar(expr);
        }
        Evaluation evaluation = idle.isEmpty() ? session.compile(List.of(expr)) : idle.pop();
        Object value = session.evaluate(evaluation, a.values(), a.view())[0];
        idle.push(evaluation);
        return value;
    }
}
