package org.gajah.analyze;

import org.gajah.ast.AArrayExpr;
import org.gajah.ast.AExpr;
import org.gajah.ast.AIndirection;
import org.gajah.ast.CaseExpr;
import org.gajah.ast.CoalesceExpr;
import org.gajah.ast.CollateClause;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.GroupingFunc;
import org.gajah.ast.Indirection;
import org.gajah.ast.MinMaxExpr;
import org.gajah.ast.ResTarget;
import org.gajah.ast.RowExpr;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.SqlValueFunction;
import org.gajah.ast.SubLink;
import org.gajah.ast.TypeCast;

/** What an output column is called that was given no name. */
final class ColumnNames {
    private static final String NAMELESS = "?column?";

    /** A name; a weak one (of a cast or a CASE) gives way to a stronger one further in. */
    private record Name(String text, boolean strong) {
    }

    private static final Name NONE = new Name("", false);

    private ColumnNames() {
    }

    static String of(Expression e) {
        Name name = name(e);
        return name.text().isEmpty() ? NAMELESS : name.text();
    }

    /** As in index columns: empty where there is nothing to go by. */
    static String orEmpty(Expression e) {
        return name(e).text();
    }

    private static Name strong(String text) {
        return new Name(text, true);
    }

    private static Name name(Expression e) {
        return switch (e) {
            case ColumnRef c -> c.star() || c.fields().isEmpty() ? NONE : strong(c.fields().getLast());
            case AIndirection i -> indirection(i);
            case FuncCall f -> strong(f.name().getLast());
            case AExpr x -> x.kind() == AExpr.Kind.NULLIF ? strong("nullif") : NONE;
            case TypeCast c -> {
                Name inner = name(c.argument());
                yield inner.strong() ? inner : new Name(c.type().names().getLast(), false);
            }
            case CollateClause c -> name(c.argument());
            case GroupingFunc ignored -> strong("grouping");
            case SubLink s -> subLink(s);
            case CaseExpr c -> {
                Name inner = c.otherwise().map(ColumnNames::name).orElse(NONE);
                yield inner.strong() ? inner : new Name("case", false);
            }
            case AArrayExpr ignored -> strong("array");
            case RowExpr ignored -> strong("row");
            case CoalesceExpr ignored -> strong("coalesce");
            case MinMaxExpr m -> strong(m.greatest() ? "greatest" : "least");
            case SqlValueFunction f -> strong(f.kind().name().toLowerCase(java.util.Locale.ROOT));
            default -> NONE;
        };
    }

    private static Name indirection(AIndirection i) {
        for (Indirection step : i.indirection().reversed()) {
            if (step instanceof Indirection.Field f) {
                return strong(f.name());
            }
        }
        return name(i.argument());
    }

    private static Name subLink(SubLink s) {
        return switch (s.kind()) {
            case EXISTS -> strong("exists");
            case ARRAY -> strong("array");
            case EXPR -> strong(firstColumn(s.query()));
            case ANY, ALL -> NONE;
        };
    }

    private static String firstColumn(Select select) {
        return switch (select.body()) {
            case SelectBody.Simple simple -> {
                if (simple.targets().isEmpty()) {
                    yield NAMELESS;
                }
                ResTarget first = simple.targets().getFirst();
                yield first.name().orElseGet(() -> of(first.value()));
            }
            case SelectBody.Values ignored -> "column1";
            case SelectBody.SetOperation set -> firstColumn(set.left());
        };
    }
}
