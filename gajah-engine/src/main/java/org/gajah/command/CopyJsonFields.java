package org.gajah.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.func.CallContext;
import org.gajah.func.JsonColumns;
import org.gajah.type.JsonHandler;
import org.gajah.type.JsonReader;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/**
 * Lines that are JSON objects: keys are names of columns, in any order; a column without a key gets its default. Arrays and objects
 * are read into array and composite types as json_populate_record does.
 */
final class CopyJsonFields extends CopyFields {
    private final List<Relation.Column> columns;
    private final List<TypeCodec> codecs;
    private final CallContext calls;
    private final Map<Slice, Integer> places = new HashMap<>();

    CopyJsonFields(CopyColumns columns, CallContext calls) {
        this.columns = columns.columns();
        this.codecs = columns.codecs();
        this.calls = calls;
        for (int i = 0; i < columns.count(); i++) {
            places.put(Slice.of(this.columns.get(i).name()), i);
        }
    }

    @Override
    void split(CopyLines lines) {
        Slice line = lines.text();
        begin(line, columns.size());
        try {
            JsonReader.read(line, new Members(line));
        } catch (SqlError e) {
            throw e.state() == SqlState.INVALID_TEXT_REPRESENTATION
                    ? new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "a line of COPY data is not a JSON object").detail(e.detail().orElse("")) : e;
        }
    }

    /** Hears the members of the object. */
    private final class Members implements JsonHandler {
        private final Slice line;
        private int depth;
        private int nested;
        private int place = -1;

        Members(Slice line) {
            this.line = line;
        }

        @Override
        public void key(Slice name) {
            if (depth == 1) {
                Integer found = places.get(name);
                if (found == null) {
                    throw new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "key \"" + name + "\" is not a column of the COPY");
                }
                if (mark(found) != Mark.DEFAULT) {
                    throw new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "key \"" + name + "\" comes more than once");
                }
                place = found;
            }
        }

        @Override
        public boolean decodes() {
            return true;
        }

        @Override
        public void beginObject(int start) {
            begin(start);
        }

        @Override
        public void beginArray(int start) {
            if (depth == 0) {
                throw notAnObject();
            }
            begin(start);
        }

        private void begin(int start) {
            if (depth++ == 1) {
                nested = start;
            }
        }

        @Override
        public void endObject(int end) {
            end(end);
        }

        @Override
        public void endArray(int end) {
            end(end);
        }

        private void end(int end) {
            if (--depth == 1) {
                Slice json = line.slice(nested, end - nested);
                int type = columns.get(place).type();
                if (type == Oids.JSON || type == Oids.JSONB || !JsonColumns.hasParts(calls, type)) {
                    put(Mark.VALUE, json);
                } else {
                    putParts(json);
                }
            }
        }

        private void putParts(Slice json) {
            Relation.Column column = columns.get(place);
            Object value = JsonColumns.value(calls, new CallContext.Column(column.name(), column.type(), column.typmod()), json);
            Vector one = Vector.of(codecs.get(place).carrier(), 1);
            one.set(0, value);
            int start = rewritten().size();
            codecs.get(place).format(one, 0, calls.types(), rewritten());
            setRewritten(place, Mark.VALUE, start);
        }

        @Override
        public void string(Slice value, int start, int end) {
            scalar(value, start, end);
        }

        @Override
        public void number(Slice digits, int start, int end) {
            scalar(digits, start, end);
        }

        @Override
        public void bool(boolean value, int start, int end) {
            scalar(line.slice(start, end - start), start, end);
        }

        @Override
        public void nothing(int start, int end) {
            if (depth == 0) {
                throw notAnObject();
            }
            if (depth == 1) {
                put(Mark.NULL, Slice.EMPTY);
            }
        }

        private void scalar(Slice text, int start, int end) {
            if (depth == 0) {
                throw notAnObject();
            }
            if (depth == 1) {
                int type = columns.get(place).type();
                put(Mark.VALUE, type == Oids.JSON || type == Oids.JSONB ? line.slice(start, end - start) : text);
            }
        }

        private void put(Mark mark, Slice text) {
            int start = rewritten().size();
            rewritten().put(text);
            setRewritten(place, mark, start);
        }

        private SqlError notAnObject() {
            return new SqlError(SqlState.BAD_COPY_FILE_FORMAT, "a line of COPY data is not a JSON object");
        }
    }
}
