package org.gajah.type;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** Puts a jsonb value together, from a reader's events or from code. */
public final class JsonbBuilder implements JsonHandler {
    /** A container that is still open. */
    private static final class Open {
        final boolean object;
        final List<Slice> keys = new ArrayList<>();
        final ByteSink data = new ByteSink(64);
        int[] ends = new int[8];
        int count;

        Open(boolean object) {
            this.object = object;
        }

        void ended() {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, count * 2);
            }
            ends[count++] = data.size();
        }

        Slice member(int index) {
            int from = index == 0 ? 0 : ends[index - 1];
            return new Slice(data.array(), from, ends[index] - from);
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    private final ByteSink root = new ByteSink(64);

    public JsonbBuilder() {
        super();
    }

    /** The value that was built. */
    public Jsonb build() {
        return new Jsonb(root.view());
    }

    @Override
    public boolean decodes() {
        return true;
    }

    private ByteSink target() {
        return open.isEmpty() ? root : open.peek().data;
    }

    private void ended() {
        if (!open.isEmpty()) {
            open.peek().ended();
        }
    }

    /** Opens an object; close it with {@link #endObject}. */
    public JsonbBuilder beginObject() {
        open.push(new Open(true));
        return this;
    }

    /** Opens an array; close it with {@link #endArray}. */
    public JsonbBuilder beginArray() {
        open.push(new Open(false));
        return this;
    }

    @Override
    public void beginObject(int start) {
        beginObject();
    }

    @Override
    public void beginArray(int start) {
        beginArray();
    }

    @Override
    public void endObject(int end) {
        endObject();
    }

    @Override
    public void endArray(int end) {
        endArray();
    }

    @Override
    public void key(Slice name) {
        open.peek().keys.add(name.copy());
    }

    @Override
    public void string(Slice value, int start, int end) {
        string(value);
    }

    @Override
    public void number(Slice digits, int start, int end) {
        number(NumericText.parse(digits));
    }

    @Override
    public void bool(boolean value, int start, int end) {
        bool(value);
    }

    @Override
    public void nothing(int start, int end) {
        nothing();
    }

    /** Adds a string. */
    public void string(Slice value) {
        target().putByte(Jsonb.STRING).put(value);
        ended();
    }

    /** Adds a number. */
    public void number(Numeric value) {
        ByteSink target = target();
        target.putByte(Jsonb.NUMBER);
        NumericCodec.storeNumeric(value, target);
        ended();
    }

    /** Adds true or false. */
    public void bool(boolean value) {
        target().putByte(value ? Jsonb.TRUE : Jsonb.FALSE);
        ended();
    }

    /** Adds null. */
    public void nothing() {
        target().putByte(Jsonb.NULL);
        ended();
    }

    /** Adds a value that exists already. */
    public void value(Jsonb value) {
        target().put(value.bytes());
        ended();
    }

    /** Closes the innermost array. */
    public void endArray() {
        close();
    }

    /** Closes the innermost object; of equal keys the last one stays. */
    public void endObject() {
        close();
    }

    private void close() {
        Open done = open.pop();
        encode(done, target());
        ended();
    }

    /** The only open container as it is now; it stays open. */
    public Jsonb snapshot() {
        ByteSink sink = new ByteSink(64);
        encode(open.peek(), sink);
        return new Jsonb(sink.view());
    }

    private static void encode(Open done, ByteSink target) {
        if (done.object) {
            encodeObject(done, target);
            return;
        }
        target.putByte(Jsonb.ARRAY).putInt(done.count);
        for (int i = 0; i < done.count; i++) {
            target.putInt(done.ends[i]);
        }
        target.put(done.data.array(), 0, done.data.size());
    }

    private static void encodeObject(Open done, ByteSink target) {
        Integer[] order = new Integer[done.count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Jsonb.compareKeys(done.keys.get(a), done.keys.get(b)));
        int unique = 0;
        for (int i = 0; i < order.length; i++) {
            boolean last = i + 1 == order.length || !done.keys.get(order[i]).equals(done.keys.get(order[i + 1]));
            if (last) {
                order[unique++] = order[i];
            }
        }
        target.putByte(Jsonb.OBJECT).putInt(unique);
        int end = 0;
        for (int i = 0; i < unique; i++) {
            end += done.keys.get(order[i]).length();
            target.putInt(end);
        }
        end = 0;
        for (int i = 0; i < unique; i++) {
            end += done.member(order[i]).length();
            target.putInt(end);
        }
        for (int i = 0; i < unique; i++) {
            target.put(done.keys.get(order[i]));
        }
        for (int i = 0; i < unique; i++) {
            target.put(done.member(order[i]));
        }
    }
}
