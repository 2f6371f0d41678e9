package org.gajah.exec;

import java.util.Optional;

import org.gajah.analyze.Query.Frame.Bound;
import org.gajah.analyze.Query.Frame.Exclusion;
import org.gajah.analyze.Query.Frame.Mode;

/**
 * Which rows of a partition belong to a row's window frame. Rows of a partition are numbered from 0; rows that are equal in the
 * window's order are peers and form a group.
 */
final class WindowFrame {
    private final Mode mode;
    private final Bound start;
    private final Bound end;
    private final Exclusion exclusion;
    private final Optional<RangeOffset> range;
    private long startOffset;
    private long endOffset;
    private int size;
    private int[] groupOf = new int[0];
    private int[] groupStart = new int[0];
    private int groups;
    private int from;
    private int to;

    /** Where a RANGE frame with an offset begins and ends. */
    interface RangeOffset {
        /** The first row that is not before the current row's value minus (or plus) the start offset. */
        int first(int row, boolean preceding);

        /** The row behind the last one that is not after the current row's value minus (or plus) the end offset. */
        int behind(int row, boolean preceding);
    }

    WindowFrame(Mode mode, Bound start, Bound end, Exclusion exclusion, Optional<RangeOffset> range) {
        this.mode = mode;
        this.start = start;
        this.end = end;
        this.exclusion = exclusion;
        this.range = range;
    }

    /** Offsets of ROWS and GROUPS frames. */
    void offsets(long startOffset, long endOffset) {
        this.startOffset = startOffset;
        this.endOffset = endOffset;
    }

    /** A partition begins: {@code groupOf[row]} numbers its groups. */
    void partition(int size, int[] groupOf) {
        this.size = size;
        this.groupOf = groupOf;
        groups = size == 0 ? 0 : groupOf[size - 1] + 1;
        if (groupStart.length <= groups) {
            groupStart = new int[groups + 1];
        }
        for (int row = size - 1; row >= 0; row--) {
            groupStart[groupOf[row]] = row;
        }
        groupStart[groups] = size;
    }

    int groupStart(int row) {
        return groupStart[groupOf[row]];
    }

    int groupEnd(int row) {
        return groupStart[groupOf[row] + 1];
    }

    int groupOf(int row) {
        return groupOf[row];
    }

    /** Computes the frame of a row; {@link #from}, {@link #to} and {@link #contains} then describe it. */
    void at(int row) {
        from = Math.clamp(startOf(row), 0, size);
        to = Math.clamp(endOf(row), 0, size);
        if (to < from) {
            to = from;
        }
    }

    private long startOf(int row) {
        return switch (start) {
            case UNBOUNDED_PRECEDING -> 0;
            case CURRENT_ROW -> mode == Mode.ROWS ? row : groupStart(row);
            case OFFSET_PRECEDING -> offsetStart(row, true);
            case OFFSET_FOLLOWING -> offsetStart(row, false);
            case UNBOUNDED_FOLLOWING -> size;
        };
    }

    private long offsetStart(int row, boolean preceding) {
        return switch (mode) {
            case ROWS -> preceding ? (long) row - startOffset : saturated(row, startOffset);
            case GROUPS -> groupEdge(preceding ? (long) groupOf[row] - startOffset : saturated(groupOf[row], startOffset));
            case RANGE -> range.orElseThrow().first(row, preceding);
        };
    }

    private static long saturated(long base, long offset) {
        return offset > Long.MAX_VALUE - base ? Long.MAX_VALUE : base + offset;
    }

    private int groupEdge(long group) {
        return groupStart[(int) Math.clamp(group, 0L, (long) groups)];
    }

    private long endOf(int row) {
        return switch (end) {
            case UNBOUNDED_FOLLOWING -> size;
            case CURRENT_ROW -> mode == Mode.ROWS ? (long) row + 1 : groupEnd(row);
            case OFFSET_PRECEDING -> offsetEnd(row, true);
            case OFFSET_FOLLOWING -> offsetEnd(row, false);
            case UNBOUNDED_PRECEDING -> 0;
        };
    }

    private long offsetEnd(int row, boolean preceding) {
        return switch (mode) {
            case ROWS -> preceding ? (long) row - endOffset + 1 : saturated(row + 1L, endOffset);
            case GROUPS -> groupEdge(preceding ? (long) groupOf[row] - endOffset + 1 : saturated(groupOf[row] + 1L, endOffset));
            case RANGE -> range.orElseThrow().behind(row, preceding);
        };
    }

    int from() {
        return from;
    }

    /** Behind the last row. */
    int to() {
        return to;
    }

    boolean excludes() {
        return exclusion != Exclusion.NO_OTHERS;
    }

    /** Whether a row between {@link #from} and {@link #to} is in the current row's frame. */
    boolean contains(int row, int current) {
        return switch (exclusion) {
            case NO_OTHERS -> true;
            case CURRENT_ROW -> row != current;
            case GROUP -> groupOf[row] != groupOf[current];
            case TIES -> row == current || groupOf[row] != groupOf[current];
        };
    }
}
