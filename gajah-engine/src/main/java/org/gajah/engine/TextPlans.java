package org.gajah.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.LiteralLift;
import org.gajah.ast.SettingStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TransactionStatement;
import org.gajah.parse.StatementShape;

/**
 * One session's plans of statements that came as plain text, so that one that differs from an earlier one in the values of lifted
 * literals only need not be parsed, analyzed and planned again.
 *
 * <p>A statement is kept when its like comes for the second time, counting the literals that were not lifted as part of the text. What
 * has not been used for longest goes first.
 */
final class TextPlans {
    private static final int MOST_SHAPES = 64;
    private static final int MOST_OF_A_SHAPE = 3;
    private static final int SEEN = 256;
    /** For tests: lift and keep at once. */
    private static final boolean EAGER = Boolean.getBoolean("gajah.keepEveryPlan");

    private final Map<StatementShape, List<Kept>> plans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StatementShape, List<Kept>> eldest) {
            return size() > MOST_SHAPES;
        }
    };
    /** Commands about transactions and settings, by their whole text: only the parser's work is spared. */
    private final Map<StatementShape, Control> controls = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StatementShape, Control> eldest) {
            return size() > MOST_SHAPES;
        }
    };
    /** Hashes of what has come once. */
    private final int[] seen = new int[SEEN];

    /**
     * A plan that is kept.
     *
     * @param slots   the literals that are its parameters; the others must be as in {@code shape}
     * @param meaning the settings it was made under
     */
    record Kept(StatementShape shape, List<LiteralLift.Slot> slots, boolean[] lifted, Object meaning, Prepared prepared) {
        private boolean serves(StatementShape text) {
            for (int i = 0; i < lifted.length; i++) {
                if (!lifted[i] && !shape.hasSameLiteral(i, text)) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Control(StatementShape shape, Statement statement) {
    }

    /** Whether a statement that is kept shows that these tokens can be parsed. */
    boolean wasParsed(StatementShape shape) {
        return switch (shape.kind()) {
            case QUERY -> {
                List<Kept> alike = plans.get(shape);
                yield alike != null && alike.stream().anyMatch(kept -> kept.serves(shape));
            }
            case CONTROL -> control(shape).isPresent();
            case OTHER -> false;
        };
    }

    /** The command with this very text. */
    Optional<Statement> control(StatementShape shape) {
        Control kept = controls.get(shape);
        return kept != null && kept.shape.hasSameLiterals(shape) ? Optional.of(kept.statement) : Optional.empty();
    }

    /** Keeps a command if it is of a kind that means the same wherever its text stands. */
    void offer(StatementShape shape, Statement statement) {
        boolean keepable = switch (statement) {
            case TransactionStatement t -> t.isControl();
            case SettingStatement.Set s -> s.values().stream().noneMatch(SettingStatement.SettingValue.Interval.class::isInstance);
            case SettingStatement.SetDefault _, SettingStatement.Reset _, SettingStatement.SetTransaction _ -> true;
            default -> false;
        };
        if (keepable && shape.kind() == StatementShape.Kind.CONTROL && control(shape).isEmpty()) {
            StatementShape own = shape.copyAt(1);
            controls.put(own, new Control(own, statement));
        }
    }

    /** A plan for a text of this shape under these settings. */
    Optional<Kept> find(StatementShape shape, Object meaning) {
        List<Kept> alike = plans.get(shape);
        if (alike != null) {
            for (int i = 0; i < alike.size(); i++) {
                Kept kept = alike.get(i);
                if (kept.serves(shape) && kept.meaning.equals(meaning)) {
                    return Optional.of(kept);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a text of this shape has come before, lately. */
    boolean isKnown(StatementShape shape) {
        return !isNew(shape.hashCode()) || EAGER;
    }

    private boolean isNew(int hash) {
        int place = (hash ^ hash >>> 16) & SEEN - 1;
        boolean fresh = seen[place] != hash;
        seen[place] = hash;
        return fresh;
    }

    /** Keeps a plan if it is for all texts of the shape, or if the same other literals have come before. */
    void offer(StatementShape shape, List<LiteralLift.Slot> slots, Object meaning, Prepared prepared) {
        boolean[] lifted = new boolean[shape.literals()];
        slots.forEach(slot -> lifted[slot.literal()] = true);
        int hash = shape.hashCode() + 1;
        for (int i = 0; i < lifted.length; i++) {
            hash = lifted[i] ? hash : hash * 31 + shape.literalHash(i);
        }
        if (slots.size() < lifted.length && isNew(hash) && !EAGER) {
            return;
        }
        List<Kept> alike = plans.computeIfAbsent(shape, s -> new ArrayList<>(1));
        alike.removeIf(kept -> kept.serves(shape));
        if (alike.size() == MOST_OF_A_SHAPE) {
            alike.removeFirst();
        }
        alike.add(new Kept(shape, slots, lifted, meaning, prepared));
    }

    void drop(Kept kept) {
        plans.values().removeIf(alike -> alike.remove(kept) && alike.isEmpty());
    }
}
