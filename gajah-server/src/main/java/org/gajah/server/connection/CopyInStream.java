package org.gajah.server.connection;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.engine.CopyInput;
import org.gajah.wire.CopyFail;
import org.gajah.wire.Frame;
import org.gajah.wire.FramingError;
import org.gajah.wire.FrontendMessage;
import org.gajah.wire.MalformedMessage;
import org.gajah.wire.OversizedMessage;

/** The client's messages during COPY FROM STDIN as a stream of bytes. */
final class CopyInStream implements CopyInput {
    /** What the stream needs of its connection. */
    interface Source {
        /** The next message; absent at the end of the connection. */
        Optional<Frame> nextCopyFrame() throws IOException;

        /** The stream of messages cannot be understood any more: the connection has to end. */
        void outOfStep();

        /** The client is gone. */
        void lost();
    }

    private final Source source;
    private boolean finished;

    CopyInStream(Source source) {
        this.source = source;
    }

    @Override
    public Slice next() {
        while (!finished) {
            Frame frame = frame();
            switch (frame.type()) {
                case 'd' -> {
                    if (frame.length() > 0) {
                        return new Slice(frame.array(), frame.offset(), frame.length());
                    }
                }
                case 'c' -> finished = true;
                case 'f' -> {
                    finished = true;
                    throw new SqlError(SqlState.QUERY_CANCELED, "COPY from stdin failed: " + reason(frame));
                }
                case 'H', 'S' -> { }
                default -> throw unexpected(frame.type());
            }
        }
        return Slice.EMPTY;
    }

    /** Reads on to the end, so that the next message is a command again. */
    void drain() {
        while (!finished) {
            next();
        }
    }

    private Frame frame() {
        try {
            return source.nextCopyFrame().orElseThrow(EOFException::new);
        } catch (FramingError e) {
            source.outOfStep();
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, e.getMessage(), e);
        } catch (OversizedMessage e) {
            throw new SqlError(SqlState.OUT_OF_MEMORY, e.getMessage(), e);
        } catch (IOException e) {
            source.lost();
            throw new SqlError(SqlState.CONNECTION_FAILURE,
                    "unexpected EOF on client connection with an open transaction", e);
        }
    }

    private SqlError unexpected(int type) {
        source.outOfStep();
        return new SqlError(SqlState.PROTOCOL_VIOLATION,
                String.format("unexpected message type 0x%02X during COPY from stdin", type));
    }

    private static String reason(Frame frame) {
        try {
            return ((CopyFail) FrontendMessage.decode(frame)).reason();
        } catch (MalformedMessage e) {
            throw Reports.malformed(e);
        }
    }
}
