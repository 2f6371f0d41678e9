package org.gajah.command;

import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.type.Encoding;
import org.gajah.type.Transcoding;

/** The ends of a COPY in text or csv whose data are in another encoding than the database's. Data in binary form pass as they are. */
record CopyTranscoding(CopyEnds ends, Encoding encoding) implements CopyEnds {
    /** The ends themselves where there is nothing to convert. */
    static CopyEnds of(CopyEnds ends, Encoding encoding) {
        return encoding == Encoding.UTF8 || encoding == Encoding.SQL_ASCII ? ends : new CopyTranscoding(ends, encoding);
    }

    @Override
    public CopySource in(boolean binary, int columns) {
        Transcoding transcoding = Transcoding.of(encoding).orElseThrow(() -> Transcoding.missing(encoding, Encoding.UTF8));
        CopySource source = ends.in(binary, columns);
        return binary ? source : () -> next(source, transcoding);
    }

    /** An empty piece is the end, so one that has turned out empty is read over. */
    private static Slice next(CopySource source, Transcoding transcoding) {
        Optional<Slice> converted = Optional.empty();
        while (converted.isEmpty()) {
            Slice piece = source.next();
            converted = Optional.of(transcoding.toUtf8(piece, piece.isEmpty())).filter(c -> !c.isEmpty() || piece.isEmpty());
        }
        return converted.get();
    }

    @Override
    public CopyTarget out(boolean binary, int columns) {
        Transcoding transcoding = Transcoding.of(encoding).orElseThrow(() -> Transcoding.missing(Encoding.UTF8, encoding));
        CopyTarget target = ends.out(binary, columns);
        return binary ? target : row -> target.write(transcoding.fromUtf8(row));
    }
}
