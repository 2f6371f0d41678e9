package org.gajah.command;

import java.util.Arrays;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/**
 * The fields of a line of COPY data, valid until the next line. Those that are written as they read stay where they are in the line;
 * the others are written anew.
 */
abstract class CopyFields {
    /** What a field stands for. */
    enum Mark { VALUE, NULL, DEFAULT }

    private final ByteSink rewritten = new ByteSink(256);
    private byte[] line = new byte[0];
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private Mark[] marks = new Mark[16];
    private boolean[] inLine = new boolean[16];
    private int count;

    /** Cuts the present line. */
    abstract void split(CopyLines lines);

    /** Begins a line of so many fields that are defaults. */
    final void begin(Slice text, int defaults) {
        line = text.array();
        rewritten.clear();
        count = 0;
        while (count < defaults) {
            add(Mark.DEFAULT, 0, 0, true);
        }
    }

    /** Adds a field that stands in {@code [from, to)} of the line's array. */
    final void add(Mark mark, int from, int to) {
        add(mark, from, to - from, true);
    }

    /** Adds a field that was written from {@code start} on into {@link #rewritten}. */
    final void addRewritten(Mark mark, int start) {
        add(mark, start, rewritten.size() - start, false);
    }

    /** The same for one of the fields there are. */
    final void setRewritten(int field, Mark mark, int start) {
        set(field, mark, start, rewritten.size() - start, false);
    }

    private void add(Mark mark, int start, int length, boolean whereItIs) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            marks = Arrays.copyOf(marks, count * 2);
            inLine = Arrays.copyOf(inLine, count * 2);
        }
        set(count++, mark, start, length, whereItIs);
    }

    private void set(int field, Mark mark, int start, int length, boolean whereItIs) {
        marks[field] = mark;
        starts[field] = start;
        lengths[field] = length;
        inLine[field] = whereItIs;
    }

    /** Where fields are written that do not stay in the line. */
    final ByteSink rewritten() {
        return rewritten;
    }

    final int count() {
        return count;
    }

    /** What the field is written as; {@link #field} is what a NULL says. */
    final Mark mark(int field) {
        return marks[field];
    }

    /** What the field says, in the text form of its column's type. */
    final Slice field(int field) {
        return new Slice(array(field), starts[field], lengths[field]);
    }

    /** The array that holds the field, from {@link #start} on. */
    final byte[] array(int field) {
        return inLine[field] ? line : rewritten.array();
    }

    final int start(int field) {
        return starts[field];
    }

    final int length(int field) {
        return lengths[field];
    }
}
