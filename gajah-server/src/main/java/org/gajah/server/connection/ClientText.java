package org.gajah.server.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.base.Slice;
import org.gajah.engine.Session;
import org.gajah.type.Encoding;
import org.gajah.type.Oids;
import org.gajah.type.Transcoding;

/** The encoding in which one client writes and reads text. Text is UTF-8 on the other side of this; mostly it is on both. */
final class ClientText {
    private static final Set<Integer> TEXT_IN_BINARY = Set.of(Oids.TEXT, Oids.VARCHAR, Oids.BPCHAR, Oids.NAME, Oids.UNKNOWN, Oids.CSTRING, Oids.JSON,
            Oids.JSONB);

    private Encoding encoding = Encoding.UTF8;
    private Optional<Transcoding> transcoding = Optional.empty();

    /** Looks what the session's client_encoding is now. */
    void follow(Session session) {
        Encoding now = session.clientEncoding();
        if (now != encoding) {
            encoding = now;
            transcoding = Transcoding.of(now);
        }
    }

    /** Whether text comes and goes as it is. */
    boolean isUtf8() {
        return transcoding.isEmpty();
    }

    /** What converts; empty if there is nothing to convert. */
    Optional<Transcoding> transcoding() {
        return transcoding;
    }

    /** A statement's text. */
    Slice received(byte[] text) {
        Slice slice = Slice.of(text);
        return transcoding.isEmpty() ? slice : transcoding.get().toUtf8(slice);
    }

    /** The values of parameters, those that are text. */
    List<Optional<Slice>> received(List<Optional<Slice>> values, List<Boolean> formats, String statement, Session session) {
        if (transcoding.isEmpty()) {
            return values;
        }
        List<Integer> types = formats.contains(true) ? session.describeStatement(statement).parameterTypes() : List.of();
        List<Optional<Slice>> converted = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            boolean binary = !formats.isEmpty() && formats.get(formats.size() == 1 ? 0 : i);
            boolean text = !binary || i < types.size() && TEXT_IN_BINARY.contains(types.get(i));
            converted.add(text ? values.get(i).map(transcoding.get()::toUtf8) : values.get(i));
        }
        return converted;
    }
}
