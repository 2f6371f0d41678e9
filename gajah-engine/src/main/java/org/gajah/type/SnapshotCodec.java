package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** pg_snapshot and txid_snapshot: kept as text, in binary the numbers. */
final class SnapshotCodec extends BytesCodec {
    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((BytesVector) out).put(row, XidSnapshot.parse(text).text());
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        super.send(values, row, context, out);
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        try {
            ByteSource source = new ByteSource(bytes);
            int count = source.getInt();
            long xmin = source.getLong();
            long xmax = source.getLong();
            if (count < 0 || count > source.remaining() / Long.BYTES) {
                throw new SqlError(SqlState.INVALID_BINARY_REPRESENTATION, "invalid external pg_snapshot data");
            }
            long[] running = new long[count];
            for (int i = 0; i < count; i++) {
                running[i] = source.getLong();
            }
            XidSnapshot snapshot = XidSnapshot.of(xmin, xmax, running);
            if (source.remaining() > 0) {
                throw Errors.leftover();
            }
            ((BytesVector) out).put(row, snapshot.text());
        } catch (ByteSource.Underflow e) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message", e);
        }
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        BytesVector v = (BytesVector) values;
        XidSnapshot snapshot = XidSnapshot.parse(new Slice(v.arrays[row], v.offsets[row], v.lengths[row]));
        out.putInt(snapshot.running().length).putLong(snapshot.xmin()).putLong(snapshot.xmax());
        for (long xid : snapshot.running()) {
            out.putLong(xid);
        }
    }
}
