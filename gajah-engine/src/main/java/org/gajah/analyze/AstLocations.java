package org.gajah.analyze;

import java.util.List;

import org.gajah.ast.AExpr;
import org.gajah.ast.AIndirection;
import org.gajah.ast.Between;
import org.gajah.ast.BoolExpr;
import org.gajah.ast.CollateClause;
import org.gajah.ast.Expression;
import org.gajah.ast.InList;
import org.gajah.ast.NullTest;
import org.gajah.ast.TypeCast;

/** The leftmost place of an expression as written. */
final class AstLocations {
    private AstLocations() {
    }

    static int of(Expression e) {
        return switch (e) {
            case AExpr x -> x.left().map(l -> least(x.location(), of(l))).orElse(x.location());
            case TypeCast c -> least(least(c.location(), of(c.argument())), c.type().location());
            case BoolExpr b -> leftmost(b.location(), b.arguments());
            case InList l -> least(l.location(), of(l.left()));
            case Between b -> least(b.location(), of(b.value()));
            case NullTest t -> least(t.location(), of(t.argument()));
            case CollateClause c -> least(c.location(), of(c.argument()));
            case AIndirection i -> of(i.argument());
            default -> e.location();
        };
    }

    private static int leftmost(int location, List<Expression> list) {
        int found = location;
        for (Expression e : list) {
            found = least(found, of(e));
        }
        return found;
    }

    private static int least(int x, int y) {
        return x == 0 ? y : y == 0 ? x : Math.min(x, y);
    }
}
