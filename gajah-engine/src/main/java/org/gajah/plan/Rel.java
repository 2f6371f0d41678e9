package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;

/**
 * A plan under construction with the meaning of its columns: {@code outputs} holds for each column the expression of the query
 * level (a Var, a group key, an aggregate) whose value it carries.
 *
 * @param ranges range table entries that are joined in it
 * @param needs  range table entries whose columns it takes from outside (LATERAL), so that it must stand right of them
 */
record Rel(Plan plan, List<Expr> outputs, BitSet ranges, BitSet needs) {
    Rel(Plan plan, List<Expr> outputs, BitSet ranges) {
        this(plan, outputs, ranges, new BitSet());
    }

    double rows() {
        return plan.estimate().rows();
    }

    Rel withPlan(Plan changed) {
        return new Rel(changed, outputs, ranges, needs);
    }

    /** An expression of the query level as one over the columns of this plan. */
    Expr place(Expr expr) {
        return new Placer(List.of(this)).place(expr);
    }

    List<Expr> place(List<Expr> exprs) {
        Placer placer = new Placer(List.of(this));
        return exprs.stream().map(placer::place).toList();
    }

    /** Whether every Var in the expression, or an expression around it, is among the outputs. */
    boolean covers(Expr expr) {
        return covers(outputs, expr);
    }

    private static boolean covers(List<Expr> outputs, Expr expr) {
        if (outputs.contains(expr)) {
            return true;
        }
        if (expr instanceof Expr.Var) {
            return false;
        }
        boolean[] all = {true};
        Exprs.forEachChild(expr, child -> all[0] = all[0] && covers(outputs, child));
        return all[0];
    }

    /** Replaces expressions that inputs carry by columns of those inputs. */
    static final class Placer {
        private final Map<Expr, Expr> columns = new HashMap<>();

        Placer(List<Rel> inputs) {
            for (int input = 0; input < inputs.size(); input++) {
                List<Expr> outputs = inputs.get(input).outputs;
                for (int i = 0; i < outputs.size(); i++) {
                    Expr output = outputs.get(i);
                    columns.putIfAbsent(output, new Expr.InputColumn(input, i, output.type(), output.typmod(), output.collation()));
                }
            }
        }

        Expr place(Expr expr) {
            Expr column = columns.get(expr);
            if (column != null) {
                return column;
            }
            if (expr instanceof Expr.Var v) {
                throw new IllegalStateException("variable not found in plan inputs: " + v);
            }
            return Exprs.mapChildren(expr, this::place);
        }
    }

    static List<PlanColumn> columnsOf(List<Expr> exprs) {
        List<PlanColumn> columns = new ArrayList<>();
        for (Expr e : exprs) {
            columns.add(new PlanColumn("", e.type(), e.typmod(), e.collation()));
        }
        return List.copyOf(columns);
    }

    static BitSet union(BitSet a, BitSet b) {
        BitSet both = (BitSet) a.clone();
        both.or(b);
        return both;
    }
}
