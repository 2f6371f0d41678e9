package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.parse.ParseNotice;
import org.gajah.parse.Parser;
import org.gajah.parse.StatementShape;
import org.gajah.parse.StringRules;

/**
 * A text of the simple protocol: one statement, several, or none.
 *
 * <p>If the likes of all its statements have been parsed before, nothing is parsed; else the whole text is, before anything runs, so that
 * an error of syntax anywhere keeps all of it from running. A statement whose plan went stale meanwhile is parsed with the text around it.
 */
final class SimpleQuery {
    private final SessionImpl session;
    private final StatementRunner runner;
    private final Slice text;
    private final StringRules strings;
    private List<StatementShape> shapes;
    private Optional<List<RawStatement>> parsed = Optional.empty();
    private boolean hasNotices;

    SimpleQuery(SessionImpl session, Slice text) {
        this.session = session;
        this.runner = session.runner();
        this.text = text;
        this.strings = runner.stringRules();
        this.shapes = runner.keeps() && strings.standard() ? StatementShape.of(text) : List.of();
    }

    void run(ResultSink sink) {
        if (shapes.size() == 1 && runner.runKept(shapes.getFirst(), true, sink)) {
            return;
        }
        boolean known = shapes.size() > 1 && runner.knows(shapes);
        int count = known ? shapes.size() : parse().size();
        if (count == 0) {
            sink.empty();
        }
        session.portals().closeUnnamed();
        if (count == 1) {
            session.cancelFlag().check();
            runner.runOnly(text, parse().getFirst(), shape(0), sink);
            return;
        }
        for (int i = 0; i < count; i++) {
            session.cancelFlag().check();
            runNext(i, i == count - 1, sink);
        }
    }

    private void runNext(int i, boolean last, ResultSink sink) {
        if (shapes.isEmpty() || !runner.runKeptAmongOthers(shapes.get(i), last, sink)) {
            runner.runAmongOthers(text, parse().get(i), shape(i), last, sink);
        }
    }

    /** The shape of a statement whose plan may be kept. */
    private Optional<StatementShape> shape(int i) {
        return shapes.isEmpty() || hasNotices ? Optional.empty() : Optional.of(shapes.get(i));
    }

    private List<RawStatement> parse() {
        if (parsed.isEmpty()) {
            List<RawStatement> statements = Parser.parse(text, strings, this::tell);
            if (!fit(statements)) {
                shapes = List.of();
            }
            parsed = Optional.of(statements);
        }
        return parsed.get();
    }

    private void tell(ParseNotice notice) {
        hasNotices = true;
        session.message(notice.severity(), notice.message());
    }

    /** Whether the statements are those that have been cut. */
    private boolean fit(List<RawStatement> statements) {
        boolean fit = statements.size() == shapes.size();
        for (int i = 0; fit && i < shapes.size(); i++) {
            fit = shapes.get(i).standsAt(text, statements.get(i).offset(), statements.get(i).length());
        }
        return fit;
    }
}
