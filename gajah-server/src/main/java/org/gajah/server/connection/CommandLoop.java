package org.gajah.server.connection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.engine.ResultColumn;
import org.gajah.engine.Session;
import org.gajah.wire.Bind;
import org.gajah.wire.BindComplete;
import org.gajah.wire.Close;
import org.gajah.wire.CloseComplete;
import org.gajah.wire.Describe;
import org.gajah.wire.Execute;
import org.gajah.wire.Flush;
import org.gajah.wire.Frame;
import org.gajah.wire.FrontendMessage;
import org.gajah.wire.MalformedMessage;
import org.gajah.wire.NoData;
import org.gajah.wire.OversizedMessage;
import org.gajah.wire.ParameterDescription;
import org.gajah.wire.Parse;
import org.gajah.wire.ParseComplete;
import org.gajah.wire.Query;
import org.gajah.wire.Values;

/** Turns a client's messages into calls of its session, and the session's errors into messages. */
final class CommandLoop {
    private final Session session;
    private final Output out;
    private final ResultWriter results;
    private final Host host;
    private boolean skipping;
    private boolean ready;
    /** The portal whose execution has stopped because the output was full, and how many rows it may still give (0: all). */
    private Optional<Execute> unfinished = Optional.empty();

    /** What the loop needs of its connection. */
    interface Host {
        /** Sends what has to precede ReadyForQuery: notifications and changed settings. */
        void announce();

        /** An error that should not be: for the server's log. */
        void alarm(SqlError error);

        /** Whether the connection is about to end with a message of its own. */
        boolean isTerminating();

        /** Whether the connection cannot go on. */
        boolean isBroken();
    }

    CommandLoop(Session session, Output out, ResultWriter results, Host host) {
        this.session = session;
        this.out = out;
        this.results = results;
        this.host = host;
    }

    /** Whether the client was told that it may send a command. */
    boolean isReady() {
        return ready;
    }

    /** Tells the client that it may send a command. */
    void ready() {
        out.text().follow(session);
        host.announce();
        out.putByte('Z');
        out.putInt(5);
        out.putByte(switch (session.status()) {
            case IDLE -> 'I';
            case OPEN -> 'T';
            case FAILED -> 'E';
        });
        ready = true;
    }

    /** Works a message off; false if it was the client's goodbye. */
    boolean handle(Frame frame) {
        int type = frame.type();
        if (type == 'X') {
            return false;
        }
        if (type == 'd' || type == 'c' || type == 'f') {
            return true;
        }
        ready = false;
        out.text().follow(session);
        switch (type) {
            case 'S' -> {
                skipping = false;
                simple(() -> sync(frame));
            }
            case 'Q' -> {
                if (!skipping) {
                    simple(() -> query(frame));
                }
            }
            case 'F' -> {
                if (!skipping) {
                    simple(() -> {
                        throw SqlError.notSupported("the function call protocol is not supported");
                    });
                }
            }
            default -> {
                if (!skipping) {
                    extended(frame);
                }
            }
        }
        out.relieve();
        return true;
    }

    /** A message was too large for this process; it has been skipped. */
    void oversized(OversizedMessage message) {
        int type = message.type();
        if (type == 'd' || skipping) {
            return;
        }
        ready = false;
        SqlError error = new SqlError(SqlState.OUT_OF_MEMORY, "out of memory")
                .detail("Failed on request of size " + message.length() + " for a message.");
        if (type == 'Q' || type == 'F') {
            simple(() -> {
                throw error;
            });
        } else {
            failFromOutside(error);
            skipping = true;
        }
    }

    /** Something that a message asks for. */
    @FunctionalInterface
    private interface Action {
        void run() throws MalformedMessage;
    }

    private void simple(Action action) {
        try {
            action.run();
        } catch (MalformedMessage e) {
            failFromOutside(Reports.malformed(e));
        } catch (SqlError e) {
            report(e);
        }
        if (!host.isTerminating() && !host.isBroken()) {
            ready();
        }
    }

    private void report(SqlError error) {
        if (error.state() == SqlState.INTERNAL_ERROR || error.state() == SqlState.DATA_CORRUPTED) {
            host.alarm(error);
        }
        if (!host.isTerminating()) {
            Reports.error(error).encode(out);
        }
    }

    private void failFromOutside(SqlError error) {
        session.fail();
        report(error);
    }

    private void query(Frame frame) throws MalformedMessage {
        Query query = (Query) FrontendMessage.decode(frame, out.text().isUtf8());
        session.query(out.text().received(query.sql()), results.begin(true));
    }

    private void sync(Frame frame) throws MalformedMessage {
        frame.body().end();
        session.sync();
    }

    private void extended(Frame frame) {
        try {
            switch (FrontendMessage.decode(frame, out.text().isUtf8())) {
                case Parse parse -> parse(parse);
                case Bind bind -> bind(bind);
                case Describe describe -> describe(describe);
                case Execute execute -> execute(execute);
                case Close close -> close(close);
                case Flush _ -> out.flush();
                default -> { }
            }
        } catch (MalformedMessage e) {
            failFromOutside(Reports.malformed(e));
            skipping = true;
        } catch (SqlError e) {
            report(e);
            skipping = true;
        }
    }

    private void execute(Execute execute) {
        unfinished = Optional.empty();
        session.execute(execute.portal(), Math.max(0, execute.maxRows()), results.begin(false));
        if (results.hasStopped()) {
            unfinished = Optional.of(new Execute(execute.portal(), (int) results.rowsLeft()));
        }
    }

    /** Whether the last command is not done because the output was full. */
    boolean isUnfinished() {
        return unfinished.isPresent();
    }

    /** Goes on with it. */
    boolean goOn() {
        try {
            execute(unfinished.orElseThrow());
        } catch (SqlError e) {
            report(e);
            skipping = true;
        }
        out.relieve();
        return true;
    }

    private void parse(Parse parse) {
        List<Integer> types = Arrays.stream(parse.parameterTypes()).boxed().toList();
        session.parse(parse.statement(), out.text().received(parse.sql()), types);
        new ParseComplete().encode(out);
    }

    private void bind(Bind bind) throws MalformedMessage {
        List<Boolean> formats = formats(bind.parameterFormats());
        Values given = bind.parameters();
        if (formats.size() > 1 && formats.size() != given.count()) {
            throw new MalformedMessage("bind message has " + formats.size() + " parameter formats but "
                    + given.count() + " parameters");
        }
        List<Optional<Slice>> values = new ArrayList<>(given.count());
        for (int i = 0; i < given.count(); i++) {
            values.add(given.isNull(i) ? Optional.empty()
                    : Optional.of(new Slice(given.array(), given.offsets()[i], given.lengths()[i])));
        }
        session.bind(bind.portal(), bind.statement(), formats, out.text().received(values, formats, bind.statement(), session),
                formats(bind.resultFormats()));
        new BindComplete().encode(out);
    }

    private List<Boolean> formats(short[] codes) {
        return switch (codes.length) {
            case 0 -> List.of();
            case 1 -> List.of(isBinary(codes[0]));
            default -> {
                List<Boolean> formats = new ArrayList<>(codes.length);
                for (short code : codes) {
                    formats.add(isBinary(code));
                }
                yield formats;
            }
        };
    }

    private boolean isBinary(short code) {
        if (code != 0 && code != 1) {
            session.fail();
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + code);
        }
        return code == 1;
    }

    private void describe(Describe describe) throws MalformedMessage {
        switch (describe.kind()) {
            case 'S' -> {
                Session.StatementDescription description = session.describeStatement(describe.name());
                new ParameterDescription(description.parameterTypes().stream().mapToInt(Integer::intValue).toArray())
                        .encode(out);
                shape(description.columns());
            }
            case 'P' -> shape(session.describePortal(describe.name()));
            default -> throw new MalformedMessage("invalid DESCRIBE message subtype " + describe.kind());
        }
    }

    private void shape(Optional<List<ResultColumn>> columns) {
        if (columns.isPresent()) {
            RowShape.write(out, columns.get());
        } else {
            new NoData().encode(out);
        }
    }

    private void close(Close close) throws MalformedMessage {
        switch (close.kind()) {
            case 'S' -> session.closeStatement(close.name());
            case 'P' -> session.closePortal(close.name());
            default -> throw new MalformedMessage("invalid CLOSE message subtype " + close.kind());
        }
        new CloseComplete().encode(out);
    }
}
