package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * A window: an entry of the WINDOW clause, or what follows OVER.
 *
 * @param name      its name in the WINDOW clause, or the name in {@code OVER name}
 * @param reference the window it starts from, as in {@code OVER (w ...)}
 * @param frame     the frame as written, or empty for the default
 */
public record WindowDef(Optional<String> name, Optional<String> reference, List<Expression> partition,
        List<SortBy> order, Optional<Frame> frame, int location) {
    /** ROWS|RANGE|GROUPS BETWEEN start AND end EXCLUDE ... */
    public record Frame(FrameMode mode, boolean between, FrameBound start, FrameBound end, Exclusion exclusion) {
    }

    /** What a frame counts. */
    public enum FrameMode { RANGE, ROWS, GROUPS }

    /** One end of a frame; {@code offset} is there for the two OFFSET kinds only. */
    public record FrameBound(BoundKind kind, Optional<Expression> offset) {
    }

    /** Kinds of frame ends. */
    public enum BoundKind { UNBOUNDED_PRECEDING, OFFSET_PRECEDING, CURRENT_ROW, OFFSET_FOLLOWING, UNBOUNDED_FOLLOWING }

    /** What a frame leaves out. */
    public enum Exclusion { NO_OTHERS, CURRENT_ROW, GROUP, TIES }
}
