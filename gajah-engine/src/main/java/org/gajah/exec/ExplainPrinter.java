package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.gajah.catalog.Catalog;
import org.gajah.plan.Estimate;
import org.gajah.plan.PlannedStatement;
import org.gajah.type.TypeContext;

/** EXPLAIN's output, in PostgreSQL's layout: the lines of the text format, or the document of the JSON format. */
public final class ExplainPrinter {
    private final ExplainNode root;
    private final ExplainOptions options;
    private final Optional<Execution> run;

    /** {@code run} is the instrumented execution, finished, of EXPLAIN ANALYZE. */
    public ExplainPrinter(PlannedStatement statement, Catalog catalog, TypeContext types, ExplainOptions options, Optional<Execution> run) {
        this.root = new ExplainTree(statement, catalog, new ExplainExpressions(catalog, types), options.verbose()).root();
        this.options = options;
        this.run = run;
    }

    /** The text format; the summary's times are milliseconds. */
    public List<String> text(double planningMillis, double executionMillis) {
        List<String> lines = new ArrayList<>();
        text(root, 0, "", lines);
        if (options.summary()) {
            lines.add(String.format(Locale.ROOT, "Planning Time: %.3f ms", planningMillis));
            if (options.analyze()) {
                lines.add(String.format(Locale.ROOT, "Execution Time: %.3f ms", executionMillis));
            }
        }
        return lines;
    }

    /** {@code indent} is where the node's heading begins; what belongs to it stands two further in than its text. */
    private void text(ExplainNode node, int indent, String arrow, List<String> lines) {
        lines.add(" ".repeat(indent) + arrow + node.heading + costs(node) + actual(node));
        int inner = indent + arrow.length() + 2;
        String margin = " ".repeat(inner);
        node.details.forEach((name, value) -> {
            if (name.equals("Grouping Sets")) {
                list(value).forEach(set -> lines.add(margin + "Group Key: " + unwrapped(set)));
            } else {
                lines.add(margin + name + ": " + String.join(", ", list(value)));
            }
        });
        removed(node).ifPresent(rows -> lines.add(margin + "Rows Removed by Filter: " + rows));
        for (ExplainNode.Child child : node.children) {
            if (child.label().isEmpty()) {
                text(child.node(), inner, "->  ", lines);
            } else {
                lines.add(margin + child.label());
                text(child.node(), inner + 2, "->  ", lines);
            }
        }
    }

    private static String unwrapped(String set) {
        return set.equals("()") ? set : set.substring(1, set.length() - 1);
    }

    private static List<String> list(Object value) {
        return value instanceof List<?> all ? all.stream().map(Object::toString).toList() : List.of(value.toString());
    }

    private String costs(ExplainNode node) {
        if (!options.costs()) {
            return "";
        }
        Estimate e = estimate(node);
        return String.format(Locale.ROOT, "  (cost=%.2f..%.2f rows=%.0f width=%d)", e.startup(), e.total(), rows(node), e.width());
    }

    private static Estimate estimate(ExplainNode node) {
        return node.plan.estimate();
    }

    private static double rows(ExplainNode node) {
        return node.properties.containsKey("Operation") && node.plan.columns().isEmpty() ? 0 : Math.max(0, Math.rint(estimate(node).rows()));
    }

    private Optional<Operator.Statistics> statistics(ExplainNode node) {
        return run.flatMap(execution -> Optional.ofNullable(execution.operator(node.plan))).map(Operator::statistics);
    }

    private String actual(ExplainNode node) {
        if (!options.analyze()) {
            return "";
        }
        Optional<Operator.Statistics> found = statistics(node);
        if (found.isEmpty() || found.get().loops == 0) {
            return " (never executed)";
        }
        Operator.Statistics s = found.get();
        String rows = String.format(Locale.ROOT, "rows=%.2f loops=%d", (double) s.rows / s.loops, s.loops);
        return options.timing() ? String.format(Locale.ROOT, " (actual time=%.3f..%.3f %s)", first(s), millis(s), rows) : " (actual " + rows + ")";
    }

    private static double millis(Operator.Statistics s) {
        return s.nanos / 1e6 / s.loops;
    }

    private static double first(Operator.Statistics s) {
        return Math.max(0, s.firstRowNanos) / 1e6;
    }

    private Optional<Long> removed(ExplainNode node) {
        return options.analyze() && node.details.containsKey("Filter")
                ? statistics(node).map(s -> s.removedByFilter).filter(rows -> rows > 0) : Optional.empty();
    }

    /** The JSON format. */
    public String json(double planningMillis, double executionMillis) {
        StringBuilder out = new StringBuilder("[\n  {\n    \"Plan\": ");
        json(root, "", 4, out);
        if (options.summary()) {
            out.append(String.format(Locale.ROOT, ",\n    \"Planning Time\": %.3f", planningMillis));
            if (options.analyze()) {
                out.append(",\n    \"Triggers\": [\n    ]");
                out.append(String.format(Locale.ROOT, ",\n    \"Execution Time\": %.3f", executionMillis));
            }
        }
        return out.append("\n  }\n]").toString();
    }

    private void json(ExplainNode node, String relationship, int indent, StringBuilder out) {
        List<String> members = new ArrayList<>();
        node.properties.forEach((name, value) -> {
            members.add(member(name, value));
            if (name.equals("Node Type") && !relationship.isEmpty()) {
                members.add(member("Parent Relationship", relationship));
            }
        });
        members.add(1 + (relationship.isEmpty() ? 0 : 1), "\"Parallel Aware\": false");
        members.add(2 + (relationship.isEmpty() ? 0 : 1), "\"Async Capable\": false");
        estimates(node, members);
        node.details.forEach((name, value) -> members.add(member(name, value)));
        removed(node).ifPresent(rows -> members.add("\"Rows Removed by Filter\": " + rows));
        String margin = " ".repeat(indent + 2);
        out.append("{\n").append(margin).append(String.join(",\n" + margin, members));
        if (!node.children.isEmpty()) {
            out.append(",\n").append(margin).append("\"Plans\": [\n");
            String separator = "";
            for (ExplainNode.Child child : node.children) {
                out.append(separator).append(margin).append("  ");
                json(child.node(), child.relationship(), indent + 4, out);
                separator = ",\n";
            }
            out.append('\n').append(margin).append(']');
        }
        out.append('\n').append(" ".repeat(indent)).append('}');
    }

    private void estimates(ExplainNode node, List<String> members) {
        if (options.costs()) {
            Estimate e = estimate(node);
            members.add(String.format(Locale.ROOT, "\"Startup Cost\": %.2f", e.startup()));
            members.add(String.format(Locale.ROOT, "\"Total Cost\": %.2f", e.total()));
            members.add(String.format(Locale.ROOT, "\"Plan Rows\": %.0f", rows(node)));
            members.add("\"Plan Width\": " + e.width());
        }
        if (options.analyze()) {
            Operator.Statistics s = statistics(node).filter(found -> found.loops > 0).orElse(new Operator.Statistics());
            long loops = Math.max(1, s.loops);
            if (options.timing()) {
                members.add(String.format(Locale.ROOT, "\"Actual Startup Time\": %.3f", first(s)));
                members.add(String.format(Locale.ROOT, "\"Actual Total Time\": %.3f", s.nanos / 1e6 / loops));
            }
            members.add(String.format(Locale.ROOT, "\"Actual Rows\": %.2f", (double) s.rows / loops));
            members.add("\"Actual Loops\": " + s.loops);
        }
        members.add("\"Disabled\": false");
    }

    private static String member(String name, Object value) {
        if (value instanceof List<?> all) {
            return quoted(name) + ": [" + String.join(", ", all.stream().map(each -> quoted(each.toString())).toList()) + "]";
        }
        return quoted(name) + ": " + quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append(String.format(Locale.ROOT, "\\u%04x", c));
                    } else {
                        out.append((char) c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
