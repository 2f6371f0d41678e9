package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Expression;
import org.gajah.ast.SortBy;
import org.gajah.ast.WindowDef;
import org.gajah.ast.WindowDef.BoundKind;
import org.gajah.ast.WindowDef.Exclusion;
import org.gajah.ast.WindowDef.Frame;
import org.gajah.ast.WindowDef.FrameBound;
import org.gajah.ast.WindowDef.FrameMode;

/** Window specifications. */
final class WindowGrammar {
    private final Grammar g;
    private final TokenStream t;

    WindowGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** The WINDOW clause, if it is there. */
    List<WindowDef> clause() {
        return t.accept(Keyword.WINDOW) ? t.commaList(this::definition) : List.of();
    }

    private WindowDef definition() {
        String name = t.colId();
        t.expect(Keyword.AS);
        return specification(Optional.of(name));
    }

    /** A specification in its parentheses. */
    WindowDef specification(Optional<String> name) {
        int location = t.location();
        t.expect('(');
        Optional<String> reference = Optional.empty();
        if (t.atColId() && !atClause()) {
            reference = Optional.of(t.colId());
        }
        List<Expression> partition = List.of();
        if (t.accept(Keyword.PARTITION)) {
            t.expect(Keyword.BY);
            partition = g.expressions.list();
        }
        List<SortBy> order = g.selects.optionalSort();
        Optional<Frame> frame = frame();
        t.expect(')');
        return new WindowDef(name, reference, partition, order, frame, location);
    }

    private boolean atClause() {
        return switch (t.keyword()) {
            case PARTITION, RANGE, ROWS, GROUPS -> true;
            default -> false;
        };
    }

    private Optional<Frame> frame() {
        FrameMode mode;
        switch (t.keyword()) {
            case RANGE -> mode = FrameMode.RANGE;
            case ROWS -> mode = FrameMode.ROWS;
            case GROUPS -> mode = FrameMode.GROUPS;
            default -> {
                return Optional.empty();
            }
        }
        t.skip();
        int startAt = t.location(t.at(Keyword.BETWEEN) ? 1 : 0);
        boolean between = t.accept(Keyword.BETWEEN);
        FrameBound start = bound();
        FrameBound end = new FrameBound(BoundKind.CURRENT_ROW, Optional.empty());
        int endAt = startAt;
        if (between) {
            t.expect(Keyword.AND);
            endAt = t.location();
            end = bound();
        }
        check(start, end, between, startAt, endAt);
        return Optional.of(new Frame(mode, between, start, end, exclusion()));
    }

    private FrameBound bound() {
        if (t.at(Keyword.UNBOUNDED)
                && (t.keyword(1) == Keyword.PRECEDING || t.keyword(1) == Keyword.FOLLOWING)) {
            t.skip();
            return new FrameBound(t.accept(Keyword.PRECEDING) ? BoundKind.UNBOUNDED_PRECEDING : following(),
                    Optional.empty());
        }
        if (t.accept(Keyword.CURRENT, Keyword.ROW)) {
            return new FrameBound(BoundKind.CURRENT_ROW, Optional.empty());
        }
        Expression offset = g.expressions.expression();
        if (t.accept(Keyword.PRECEDING)) {
            return new FrameBound(BoundKind.OFFSET_PRECEDING, Optional.of(offset));
        }
        t.expect(Keyword.FOLLOWING);
        return new FrameBound(BoundKind.OFFSET_FOLLOWING, Optional.of(offset));
    }

    private BoundKind following() {
        t.expect(Keyword.FOLLOWING);
        return BoundKind.UNBOUNDED_FOLLOWING;
    }

    private static void check(FrameBound start, FrameBound end, boolean between, int startAt, int endAt) {
        BoundKind from = start.kind();
        BoundKind to = end.kind();
        if (from == BoundKind.UNBOUNDED_FOLLOWING) {
            throw error("frame start cannot be UNBOUNDED FOLLOWING", startAt);
        } else if (!between && from == BoundKind.OFFSET_FOLLOWING) {
            throw error("frame starting from following row cannot end with current row", startAt);
        } else if (!between) {
            return;
        } else if (to == BoundKind.UNBOUNDED_PRECEDING) {
            throw error("frame end cannot be UNBOUNDED PRECEDING", endAt);
        } else if (from == BoundKind.CURRENT_ROW && to == BoundKind.OFFSET_PRECEDING) {
            throw error("frame starting from current row cannot have preceding rows", endAt);
        } else if (from == BoundKind.OFFSET_FOLLOWING
                && (to == BoundKind.OFFSET_PRECEDING || to == BoundKind.CURRENT_ROW)) {
            throw error("frame starting from following row cannot have preceding rows", endAt);
        }
    }

    private static SqlError error(String message, int location) {
        return new SqlError(SqlState.WINDOWING_ERROR, message).at(location);
    }

    private Exclusion exclusion() {
        if (!t.accept(Keyword.EXCLUDE)) {
            return Exclusion.NO_OTHERS;
        }
        if (t.accept(Keyword.CURRENT)) {
            t.expect(Keyword.ROW);
            return Exclusion.CURRENT_ROW;
        } else if (t.accept(Keyword.GROUP)) {
            return Exclusion.GROUP;
        } else if (t.accept(Keyword.TIES)) {
            return Exclusion.TIES;
        }
        t.expect(Keyword.NO, Keyword.OTHERS);
        return Exclusion.NO_OTHERS;
    }
}
