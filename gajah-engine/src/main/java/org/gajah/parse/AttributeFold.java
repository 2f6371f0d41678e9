package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.Constraint;
import org.gajah.ast.Constraint.Attributes;

/** Puts DEFERRABLE, INITIALLY DEFERRED, ENFORCED and their opposites into the column constraint that they follow. */
final class AttributeFold {
    private final List<Constraint> constraints;
    private final TokenStream t;
    private Optional<Boolean> deferrable = Optional.empty();
    private Optional<Boolean> deferred = Optional.empty();
    private Optional<Boolean> enforced = Optional.empty();

    AttributeFold(List<Constraint> constraints, Grammar g) {
        this.constraints = constraints;
        t = g.tokens;
    }

    /** Another constraint, to which the attributes that follow belong. */
    void next(Constraint constraint) {
        constraints.add(constraint);
        deferrable = Optional.empty();
        deferred = Optional.empty();
        enforced = Optional.empty();
    }

    /** Reads one attribute, if one is there. */
    boolean attribute() {
        int location = t.location();
        if (t.accept(Keyword.NOT, Keyword.DEFERRABLE)) {
            deferrable = once(deferrable, false, "NOT DEFERRABLE", "DEFERRABLE/NOT DEFERRABLE", location);
        } else if (t.accept(Keyword.DEFERRABLE)) {
            deferrable = once(deferrable, true, "DEFERRABLE", "DEFERRABLE/NOT DEFERRABLE", location);
        } else if (t.accept(Keyword.INITIALLY)) {
            boolean isDeferred = t.accept(Keyword.DEFERRED);
            if (!isDeferred) {
                t.expect(Keyword.IMMEDIATE);
            }
            deferred = once(deferred, isDeferred, isDeferred ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE",
                    "INITIALLY IMMEDIATE/DEFERRED", location);
        } else if (t.accept(Keyword.NOT, Keyword.ENFORCED)) {
            enforced = once(enforced, false, "NOT ENFORCED", "ENFORCED/NOT ENFORCED", location);
        } else if (t.accept(Keyword.ENFORCED)) {
            enforced = once(enforced, true, "ENFORCED", "ENFORCED/NOT ENFORCED", location);
        } else {
            return false;
        }
        if (deferred.equals(Optional.of(true)) && deferrable.equals(Optional.of(false))) {
            throw TokenStream.error("constraint declared INITIALLY DEFERRED must be DEFERRABLE", location);
        }
        boolean isDeferred = deferred.orElse(false);
        constraints.set(constraints.size() - 1, with(constraints.getLast(), deferrable.orElse(isDeferred), isDeferred,
                enforced.orElse(true)));
        return true;
    }

    private Optional<Boolean> once(Optional<Boolean> before, boolean value, String clause, String clauses,
            int location) {
        boolean isEnforcement = clauses.startsWith("ENFORCED");
        boolean fits = !constraints.isEmpty() && switch (constraints.getLast()) {
            case Constraint.ForeignKey _ -> true;
            case Constraint.Check _ -> isEnforcement;
            case Constraint.Key _, Constraint.Exclusion _ -> !isEnforcement;
            case Constraint.Null _, Constraint.NotNull _, Constraint.Default _, Constraint.Identity _,
                 Constraint.Generated _ -> false;
        };
        if (!fits) {
            throw TokenStream.error("misplaced " + clause + " clause", location);
        } else if (before.isPresent()) {
            throw TokenStream.error("multiple " + clauses + " clauses not allowed", location);
        }
        return Optional.of(value);
    }

    private static Constraint with(Constraint constraint, boolean deferrable, boolean deferred, boolean enforced) {
        return switch (constraint) {
            case Constraint.Check c -> new Constraint.Check(c.name(), c.expression(),
                    new Attributes(false, false, enforced, !enforced, c.attributes().noInherit()), c.location());
            case Constraint.Key c -> new Constraint.Key(c.name(), c.primary(), c.nullsNotDistinct(), c.columns(),
                    c.withoutOverlaps(), c.including(), c.options(), c.tablespace(), c.usingIndex(),
                    new Attributes(deferrable, deferred, true, false, false), c.location());
            case Constraint.ForeignKey c -> new Constraint.ForeignKey(c.name(), c.columns(), c.period(), c.relation(),
                    c.references(), c.referencesPeriod(), c.match(), c.onUpdate(), c.onDelete(),
                    new Attributes(deferrable, deferred, enforced, !enforced, false), c.location());
            case Constraint.Exclusion _, Constraint.Null _, Constraint.NotNull _, Constraint.Default _,
                 Constraint.Identity _, Constraint.Generated _ -> constraint;
        };
    }
}
