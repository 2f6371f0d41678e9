package org.gajah.server.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.engine.CopyInput;
import org.gajah.engine.CopyOutput;
import org.gajah.engine.ResultColumn;
import org.gajah.engine.ResultSink;
import org.gajah.engine.Session;
import org.gajah.type.Transcoding;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;
import org.gajah.wire.CommandComplete;
import org.gajah.wire.CopyDone;
import org.gajah.wire.CopyInResponse;
import org.gajah.wire.CopyOutResponse;
import org.gajah.wire.EmptyQueryResponse;
import org.gajah.wire.PortalSuspended;

/** Writes what statements produce. Rows go from the vectors into the output buffer without an object in between. */
final class ResultWriter implements ResultSink {
    private static final int MOST_ROW_BYTES = 0x3fff_ffff;

    private final Output out;
    private final Session session;
    private final CopyInStream.Source copySource;
    private boolean describe;
    private TypeCodec[] codecs = new TypeCodec[0];
    private boolean[] binary = new boolean[0];
    private TypeContext context;
    private Optional<CopyInStream> copyIn = Optional.empty();
    private boolean copyOut;
    private boolean stopped;
    private long rowsLeft;

    ResultWriter(Output out, Session session, CopyInStream.Source copySource) {
        this.out = out;
        this.session = session;
        this.copySource = copySource;
    }

    /** Prepares for a statement; {@code describe} is whether the client is told the shape of the rows. */
    ResultWriter begin(boolean describe) {
        this.describe = describe;
        copyIn = Optional.empty();
        copyOut = false;
        stopped = false;
        return this;
    }

    @Override
    public void columns(List<ResultColumn> columns, TypeContext typeContext) {
        out.text().follow(session);
        context = typeContext;
        int count = columns.size();
        if (codecs.length != count) {
            codecs = new TypeCodec[count];
            binary = new boolean[count];
        }
        for (int i = 0; i < count; i++) {
            codecs[i] = columns.get(i).codec();
            binary[i] = columns.get(i).binary();
        }
        if (describe) {
            RowShape.write(out, columns);
        }
    }

    @Override
    public void rows(Batch batch) {
        Selection selection = batch.selection();
        int count = selection.count();
        for (int i = 0; i < count; i++) {
            int start = out.size();
            try {
                row(batch, selection.row(i));
            } catch (RuntimeException | Error e) {
                out.truncate(start);
                throw e;
            }
            out.relieve();
        }
    }

    private void row(Batch batch, int row) {
        ByteSink sink = out.sink();
        Optional<Transcoding> transcoding = out.text().transcoding();
        sink.putByte('D');
        int start = sink.size();
        sink.putInt(0);
        sink.putShort(codecs.length);
        for (int c = 0; c < codecs.length; c++) {
            Vector column = batch.column(c);
            if (column.isNull(row)) {
                sink.putInt(-1);
                continue;
            }
            sink.putInt(0);
            int at = sink.size();
            if (binary[c]) {
                codecs[c].send(column, row, context, sink);
            } else {
                codecs[c].format(column, row, context, sink);
            }
            if (transcoding.isPresent() && (!binary[c] || codecs[c].isTextInBinary())) {
                Slice converted = transcoding.get().fromUtf8(new Slice(sink.array(), at, sink.size() - at).copy());
                sink.truncate(at);
                sink.put(converted);
            }
            sink.setInt(at - 4, sink.size() - at);
        }
        int length = sink.size() - start;
        if (length < 0 || length > MOST_ROW_BYTES) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "out of memory")
                    .detail("A row of " + length + " bytes does not fit into a message.");
        }
        sink.setInt(start, length);
    }

    @Override
    public void complete(String tag) {
        copyIn.ifPresent(CopyInStream::drain);
        copyIn = Optional.empty();
        if (copyOut) {
            new CopyDone().encode(out);
            copyOut = false;
        }
        new CommandComplete(tag).encode(out);
        out.relieve();
    }

    @Override
    public boolean isFull() {
        return out.isFull();
    }

    @Override
    public void stopped(long left) {
        stopped = true;
        rowsLeft = left;
    }

    /** Whether the statement has stopped because the output was full. */
    boolean hasStopped() {
        return stopped;
    }

    /** How many rows a statement that has stopped may still give; 0: all. */
    long rowsLeft() {
        return rowsLeft;
    }

    @Override
    public void suspended() {
        new PortalSuspended().encode(out);
    }

    @Override
    public void empty() {
        new EmptyQueryResponse().encode(out);
    }

    @Override
    public CopyInput copyIn(boolean binaryFormat, int columnCount) {
        new CopyInResponse(binaryFormat ? 1 : 0, formats(binaryFormat, columnCount)).encode(out);
        CopyInStream stream = new CopyInStream(copySource);
        copyIn = Optional.of(stream);
        return stream;
    }

    @Override
    public CopyOutput copyOut(boolean binaryFormat, int columnCount) {
        new CopyOutResponse(binaryFormat ? 1 : 0, formats(binaryFormat, columnCount)).encode(out);
        copyOut = true;
        return data -> {
            out.putByte('d');
            out.putInt(4 + data.length());
            out.put(data.array(), data.offset(), data.length());
            out.relieve();
        };
    }

    private static short[] formats(boolean binaryFormat, int count) {
        short[] formats = new short[count];
        Arrays.fill(formats, (short) (binaryFormat ? 1 : 0));
        return formats;
    }
}
