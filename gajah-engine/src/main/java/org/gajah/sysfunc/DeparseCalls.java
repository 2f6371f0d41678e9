package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Expr.CallForm;
import org.gajah.analyze.Query;
import org.gajah.analyze.TargetEntry;
import org.gajah.catalog.ProcRow;

/** Calls of functions, aggregates and window functions, in SQL's special forms where they were written so. */
final class DeparseCalls {
    private final Deparser d;
    private final DeparseText out;

    DeparseCalls(Deparser deparser) {
        d = deparser;
        out = deparser.out;
    }

    void function(Expr.FunctionCall f, boolean showImplicit) {
        if (f.form() == CallForm.IMPLICIT_CAST && !showImplicit) {
            d.exprs.operand(f.args().getFirst(), false, f);
            return;
        } else if (f.form() == CallForm.IMPLICIT_CAST || f.form() == CallForm.EXPLICIT_CAST) {
            d.exprs.coercion(f.args().getFirst(), f.type(), f.typmod(), f);
            return;
        } else if (f.form() == CallForm.SQL_SYNTAX && sqlSyntax(f)) {
            return;
        }
        out.add(d.names.function(f.function())).add('(');
        arguments(f.args(), f.variadic());
        out.add(')');
    }

    private void arguments(List<Expr> args, boolean variadic) {
        for (int i = 0; i < args.size(); i++) {
            out.add(i > 0 ? ", " : "").add(variadic && i == args.size() - 1 ? "VARIADIC " : "");
            d.expr(args.get(i), true);
        }
    }

    private boolean sqlSyntax(Expr.FunctionCall f) {
        String name = d.context.catalog().function(f.function()).map(ProcRow::name).orElse("");
        List<Expr> a = f.args();
        switch (name) {
            case "timezone" -> {
                out.add('(');
                d.exprs.operand(a.getLast(), false, f);
                out.add(a.size() == 2 ? " AT TIME ZONE " : " AT LOCAL");
                if (a.size() == 2) {
                    d.exprs.operand(a.getFirst(), false, f);
                }
                out.add(')');
            }
            case "overlaps" -> parts("((", a.get(0), ", ", a.get(1), ") OVERLAPS (", a.get(2), ", ", a.get(3), "))");
            case "extract" -> parts("EXTRACT(" + constant(a.getFirst()), " FROM ", a.get(1), ")");
            case "is_normalized" -> {
                out.add('(');
                d.exprs.operand(a.getFirst(), false, f);
                out.add(" IS ").add(a.size() == 2 ? constant(a.get(1)) + " " : "").add("NORMALIZED)");
            }
            case "pg_collation_for" -> parts("COLLATION FOR (", a.getFirst(), ")");
            case "normalize" -> parts("NORMALIZE(", a.getFirst(), (a.size() == 2 ? ", " + constant(a.get(1)) : "") + ")");
            case "overlay" -> overlay(a);
            case "position" -> position(a);
            case "substring" -> substring(a);
            case "btrim", "ltrim", "rtrim" -> trim(name, a);
            case "system_user" -> out.add("SYSTEM_USER");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String constant(Expr e) {
        return e instanceof Expr.Const c && c.value() != null ? c.value().toString() : "";
    }

    /** Words and expressions one behind the other. */
    private void parts(Object... parts) {
        for (Object part : parts) {
            if (part instanceof Expr e) {
                d.expr(e, false);
            } else {
                out.add(part.toString());
            }
        }
    }

    private void overlay(List<Expr> a) {
        parts("OVERLAY(", a.get(0), " PLACING ", a.get(1), " FROM ", a.get(2));
        if (a.size() == 4) {
            parts(" FOR ", a.get(3));
        }
        out.add(')');
    }

    private void position(List<Expr> a) {
        parts("POSITION((", a.get(1), ") IN (", a.get(0), "))");
    }

    private void substring(List<Expr> a) {
        parts("SUBSTRING(", a.get(0), " FROM ", a.get(1));
        if (a.size() == 3) {
            parts(" FOR ", a.get(2));
        }
        out.add(')');
    }

    private void trim(String name, List<Expr> a) {
        out.add(name.equals("ltrim") ? "TRIM(LEADING" : name.equals("rtrim") ? "TRIM(TRAILING" : "TRIM(BOTH");
        if (a.size() == 2) {
            parts(" ", a.get(1));
        }
        parts(" FROM ", a.get(0), ")");
    }

    void value(Expr.SqlValueFunction s) {
        String name = s.kind().name();
        out.add(name.endsWith("_N") ? name.substring(0, name.length() - 2) + "(" + s.typmod() + ")" : name);
    }

    void aggregate(Expr.AggregateCall a) {
        out.add(d.names.function(a.function())).add('(').add(a.distinct().isEmpty() ? "" : "DISTINCT ");
        List<TargetEntry> args = a.args().stream().filter(t -> !t.junk()).toList();
        if (a.kind() != 'n') {
            arguments(a.directArgs(), a.variadic() && a.kind() == 'h');
            out.add(") WITHIN GROUP (ORDER BY ");
            new DeparseSort(d).orderBy(a.order(), a.args(), false);
        } else {
            if (a.star()) {
                out.add('*');
            } else {
                arguments(args.stream().map(TargetEntry::expr).toList(), a.variadic());
            }
            if (!a.order().isEmpty()) {
                out.add(" ORDER BY ");
                new DeparseSort(d).orderBy(a.order(), a.args(), false);
            }
        }
        filter(a.filter());
        out.add(')');
    }

    private void filter(Optional<Expr> filter) {
        filter.ifPresent(f -> {
            out.add(") FILTER (WHERE ");
            d.expr(f, false);
        });
    }

    void window(Expr.WindowCall w) {
        out.add(d.names.function(w.function())).add('(');
        if (w.star()) {
            out.add('*');
        } else {
            arguments(w.args(), false);
        }
        filter(w.filter());
        out.add(") OVER ");
        Query.Window window = d.scope.query.windows().get(w.window());
        if (window.name().isEmpty()) {
            new DeparseSort(d).window(window);
        } else {
            out.add(Identifiers.quote(window.name()));
        }
    }

    /** The name of a function's output column. */
    String outputName(int function, int number) {
        Optional<ProcRow> row = d.context.catalog().function(function);
        List<String> names = new ArrayList<>();
        row.ifPresent(p -> {
            for (int i = 0; i < p.modes().size(); i++) {
                if (p.modes().get(i) != 'i' && p.modes().get(i) != 'v' && i < p.names().size()) {
                    names.add(p.names().get(i));
                }
            }
        });
        return number <= names.size() ? names.get(number - 1) : "column" + number;
    }
}
