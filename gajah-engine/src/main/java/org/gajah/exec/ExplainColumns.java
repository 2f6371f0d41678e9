package org.gajah.exec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.gajah.analyze.Expr;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.Relation;
import org.gajah.plan.Plan;
import org.gajah.plan.PlannedStatement;
import org.gajah.plan.SortKey;
import org.gajah.sysfunc.Identifiers;

/** What the columns of plan nodes are called: by the table column or the expression that they come from. */
final class ExplainColumns {
    private final Catalog catalog;
    private final ExplainExpressions expressions;
    private final boolean verbose;
    private boolean prefixed;
    private final Map<Integer, String> slots = new HashMap<>();

    ExplainColumns(PlannedStatement statement, Catalog catalog, ExplainExpressions expressions, boolean verbose) {
        this.catalog = catalog;
        this.expressions = expressions;
        int scans = scans(statement.root()) + statement.subplans().stream().mapToInt(ExplainColumns::scans).sum();
        this.verbose = verbose;
        this.prefixed = verbose || scans > 1;
    }

    private static int scans(Plan plan) {
        int own = plan instanceof Plan.Leaf && !(plan instanceof Plan.Result) ? 1 : 0;
        return own + plan.children().stream().mapToInt(ExplainColumns::scans).sum();
    }

    /** Notes what the slots of a join's bindings stand for. */
    void bind(Plan.NestedLoop join) {
        join.bindings().forEach(b -> slots.put(b.slot(), expressions.text(b.value(), of(join.left()))));
    }

    /** Names over one input. */
    ExplainExpressions.Columns of(Plan input) {
        return (i, column) -> i == ExplainExpressions.SLOT ? slots.getOrDefault(column, "$" + column) : name(input, column);
    }

    /** Names in the conditions of a scan: its own columns need no table in front. */
    ExplainExpressions.Columns ofScan(Plan.Leaf scan) {
        return (i, column) -> {
            if (i == ExplainExpressions.SLOT) {
                return slots.getOrDefault(column, "$" + column);
            }
            boolean before = prefixed;
            prefixed = verbose;
            String name = name(scan, column);
            prefixed = before;
            return name;
        };
    }

    /** Names over a join's inputs. */
    ExplainExpressions.Columns ofJoin(Plan left, Plan right) {
        return (i, column) -> i == ExplainExpressions.SLOT ? slots.getOrDefault(column, "$" + column) : name(i == 0 ? left : right, column);
    }

    /** A column as a sort or group key: an expression stands in parentheses. */
    String key(Plan plan, int column) {
        String name = name(plan, column);
        return name.endsWith(")") && !name.startsWith("(") ? "(" + name + ")" : name;
    }

    private String name(Plan plan, int column) {
        return switch (plan) {
            case Plan.SeqScan p -> attribute(p.relation(), p.alias(), p.attributes().get(column));
            case Plan.IndexScan p -> attribute(p.relation(), p.alias(), p.attributes().get(column));
            case Plan.BitmapScan p -> attribute(p.relation(), p.alias(), p.attributes().get(column));
            case Plan.TidScan p -> attribute(p.relation(), p.alias(), p.attributes().get(column));
            case Plan.ForeignScan p -> foreign(p, column);
            case Plan.FunctionScan p -> plain(p.alias(), p, column);
            case Plan.ValuesScan p -> "\"*VALUES*\".column" + (column + 1);
            case Plan.CteScan p -> plain(p.alias(), p, column);
            case Plan.WorkTableScan p -> plain(p.alias(), p, column);
            case Plan.TransitionScan p -> plain(p.alias(), p, column);
            case Plan.Result p -> expressions.text(p.expressions().get(column), of(p));
            case Plan.Project p -> expressions.text(p.expressions().get(column), of(p.child()));
            case Plan.ProjectSet p -> expressions.text(p.expressions().get(column), of(p.child()));
            case Plan.NestedLoop p -> joined(p, column);
            case Plan.HashJoin p -> joined(p, column);
            case Plan.Aggregate p -> aggregated(p, column);
            case Plan.WindowAggregate p -> windowed(p, column);
            case Plan.ForeignModify p -> p.columns().get(column).name();
            case Plan.Modify p -> p.columns().get(column).name();
            case Plan.Append p -> p.alias().isPresent() ? plain(p.alias().get(), p, column) : name(p.children().getFirst(), column);
            case Plan.Binary p -> name(p.left(), column);
            case Plan.Unary p -> name(p.child(), column);
        };
    }

    private String attribute(int relation, String alias, int number) {
        String name = switch (number) {
            case -1 -> "ctid";
            case -2 -> "xmin";
            case -3 -> "cmin";
            case -4 -> "xmax";
            case -5 -> "cmax";
            case -6 -> "tableoid";
            default -> catalog.relation(relation).map(r -> r.column(number)).map(Relation.Column::name).orElse("?");
        };
        return prefixed ? Identifiers.quote(alias) + "." + Identifiers.quote(name) : Identifiers.quote(name);
    }

    private String foreign(Plan.ForeignScan p, int column) {
        return expressions.text(inputs(p.outputs().get(column), p), (base, attribute) -> base == ExplainExpressions.SLOT ? "$" + attribute
                : foreign(p.bases().get(base), attribute));
    }

    private String foreign(Plan.ForeignBase base, int attribute) {
        return switch (base) {
            case Plan.ForeignTableBase t -> attribute(t.relation(), t.alias(), attribute);
            case Plan.ForeignDerivedBase d -> (prefixed && !d.alias().isEmpty() ? Identifiers.quote(d.alias()) + "." : "") + Identifiers.quote(d.names().get(attribute - 1));
        };
    }

    /** The columns of a foreign scan's tables by base and attribute. */
    private static Expr inputs(Expr e, Plan.ForeignScan p) {
        if (e instanceof Expr.Var v) {
            int base = 0;
            while (p.bases().get(base).range() != v.rangeIndex()) {
                base++;
            }
            return new Expr.InputColumn(base, v.attribute(), v.type(), v.typmod(), v.collation());
        }
        return org.gajah.analyze.Exprs.mapChildren(e, child -> inputs(child, p));
    }

    private String plain(String alias, Plan plan, int column) {
        String name = Identifiers.quote(plan.columns().get(column).name());
        return prefixed ? Identifiers.quote(alias) + "." + name : name;
    }

    private String joined(Plan.Binary join, int column) {
        int left = join.left().columns().size();
        return column < left ? name(join.left(), column) : name(join.right(), column - left);
    }

    private String aggregated(Plan.Aggregate p, int column) {
        if (column < p.keys().size()) {
            return name(p.child(), p.keys().get(column));
        }
        int call = column - p.keys().size();
        if (call >= p.aggregates().size()) {
            return "GROUPING()";
        }
        Plan.AggregateSpec spec = p.aggregates().get(call);
        List<Expr> args = spec.arguments().subList(0, spec.argumentCount());
        return expressions.functionName(spec.function()) + "(" + (spec.star() ? "*" : (spec.distinct() ? "DISTINCT " : "")
                + expressions.list(args, of(p.child()))) + ")";
    }

    private String windowed(Plan.WindowAggregate p, int column) {
        int child = p.child().columns().size();
        if (column < child) {
            return name(p.child(), column);
        }
        Plan.WindowSpec spec = p.functions().get(column - child);
        return expressions.functionName(spec.function()) + "(" + (spec.star() ? "*" : expressions.list(spec.arguments(), of(p.child()))) + ") OVER " + windowName(p);
    }

    private final Map<Plan, String> windows = new java.util.IdentityHashMap<>();

    /** Windows are named in the order in which they are shown. */
    private String windowName(Plan.WindowAggregate p) {
        return windows.computeIfAbsent(p, k -> "w" + (windows.size() + 1));
    }

    /** A window's definition. */
    String window(Plan.WindowAggregate p) {
        StringBuilder out = new StringBuilder(windowName(p)).append(" AS (");
        String separator = "";
        if (!p.partition().isEmpty()) {
            out.append("PARTITION BY ");
            for (int column : p.partition()) {
                out.append(separator).append(key(p.child(), column));
                separator = ", ";
            }
        }
        if (!p.order().isEmpty()) {
            out.append(separator.isEmpty() ? "" : " ").append("ORDER BY ");
            separator = "";
            for (SortKey key : p.order()) {
                out.append(separator).append(key(p.child(), key.column())).append(key.descending() ? " DESC" : "");
                separator = ", ";
            }
        }
        return out.append(frame(p, out.charAt(out.length() - 1) == '(' ? "" : " ")).append(')').toString();
    }

    private String frame(Plan.WindowAggregate p, String lead) {
        var f = p.frame();
        if (f.isDefault()) {
            return "";
        }
        boolean short1 = f.endBound() == org.gajah.analyze.Query.Frame.Bound.CURRENT_ROW;
        String start = bound(f.startBound(), p.startOffset(), p);
        return lead + f.mode() + " " + (short1 ? start : "BETWEEN " + start + " AND " + bound(f.endBound(), p.endOffset(), p))
                + switch (f.exclusion()) {
                    case NO_OTHERS -> "";
                    case CURRENT_ROW, GROUP, TIES -> " EXCLUDE " + f.exclusion().name().replace('_', ' ');
                };
    }

    private String bound(org.gajah.analyze.Query.Frame.Bound bound, java.util.Optional<Expr> offset, Plan.WindowAggregate p) {
        return offset.map(e -> expressions.text(e, of(p.child())) + " ").orElse("") + bound.name().replace("OFFSET_", "").replace('_', ' ');
    }
}
