package org.gajah.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.gajah.api.foreign.RemoteNote;
import org.gajah.catalog.Catalog;
import org.gajah.exec.ExplainDocument.Raw;
import org.gajah.plan.Estimate;
import org.gajah.plan.Plan;
import org.gajah.plan.PlannedStatement;
import org.gajah.type.TypeContext;

/** EXPLAIN's output, in PostgreSQL's layout: the lines of the text format, or a document in JSON, YAML or XML. */
public final class ExplainPrinter {
    private final ExplainNode root;
    private final ExplainOptions options;
    private final Optional<Execution> run;

    /**
     * {@code run} is the instrumented execution, finished, of EXPLAIN ANALYZE; {@code remote} asks what a foreign server has to say to a scan.
     */
    public ExplainPrinter(PlannedStatement statement, Catalog catalog, TypeContext types, ExplainOptions options, Optional<Execution> run,
            Function<Plan.ForeignScan, List<RemoteNote>> remote) {
        this.root = new ExplainTree(statement, catalog, new ExplainExpressions(catalog, types), options.verbose(), remote).root();
        this.options = options;
        this.run = run;
    }

    /** The text format; the summary's times are milliseconds. */
    public List<String> text(double planningMillis, double executionMillis) {
        List<String> lines = new ArrayList<>();
        text(root, 0, "", lines);
        if (!options.settings().isEmpty()) {
            List<String> each = new ArrayList<>();
            options.settings().forEach((name, value) -> each.add(name + " = '" + value + "'"));
            lines.add("Settings: " + String.join(", ", each));
        }
        if (options.summary()) {
            lines.add(String.format(Locale.ROOT, "Planning Time: %.3f ms", planningMillis));
        }
        lines.addAll(triggers().lines());
        if (options.summary()) {
            if (options.analyze()) {
                lines.add(String.format(Locale.ROOT, "Execution Time: %.3f ms", executionMillis));
            }
        }
        return lines;
    }

    private ExplainTriggers triggers() {
        return new ExplainTriggers(run.map(Execution::triggers).orElse(List.of()), options);
    }

    /** {@code indent} is where the node's heading begins; what belongs to it stands two further in than its text. */
    private void text(ExplainNode node, int indent, String arrow, List<String> lines) {
        lines.add(" ".repeat(indent) + arrow + node.heading + costs(node) + actual(node));
        int inner = indent + arrow.length() + 2;
        String margin = " ".repeat(inner);
        node.details.forEach((name, value) -> {
            if (name.equals("Grouping Sets")) {
                list(value).forEach(set -> lines.add(margin + "Group Key: " + unwrapped(set)));
            } else if (value instanceof RemoteNote.Lines all) {
                all.lines().forEach(line -> lines.add(margin + name + ": " + line));
            } else if (value instanceof RemoteNote.Size size) {
                lines.add(margin + name + ": " + size.value() + " " + size.unit());
            } else {
                lines.add(margin + name + ": " + String.join(", ", list(value)));
            }
        });
        if (isDisabled(node)) {
            lines.add(margin + "Disabled: true");
        }
        removed(node).ifPresent(rows -> lines.add(margin + "Rows Removed by Filter: " + rows));
        Map<String, Object> notes = notes(node);
        if (notes.containsKey("Sort Method")) {
            lines.add(margin + "Sort Method: " + notes.get("Sort Method") + "  " + notes.get("Sort Space Type") + ": " + notes.get("Sort Space Used") + "kB");
        }
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

    /** The output: lines of text, or one document. */
    public List<String> lines(double planningMillis, double executionMillis) {
        return options.format() == ExplainOptions.Format.TEXT ? text(planningMillis, executionMillis)
                : List.of(document(planningMillis, executionMillis));
    }

    /** One of the structured formats. */
    public String document(double planningMillis, double executionMillis) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("Plan", members(root, Optional.empty()));
        if (!options.settings().isEmpty()) {
            query.put("Settings", options.settings());
        }
        if (options.summary()) {
            query.put("Planning Time", Raw.of("%.3f", planningMillis));
        }
        if (options.analyze()) {
            query.put("Triggers", triggers().members());
        }
        if (options.summary() && options.analyze()) {
            query.put("Execution Time", Raw.of("%.3f", executionMillis));
        }
        return ExplainDocument.write(query, options.format());
    }

    private Map<String, Object> members(ExplainNode node, Optional<ExplainNode.Child> place) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("Node Type", node.properties.get("Node Type"));
        place.ifPresent(p -> {
            members.put("Parent Relationship", p.relationship());
            if (!p.label().isEmpty()) {
                members.put("Subplan Name", p.label());
            }
        });
        members.put("Parallel Aware", new Raw("false"));
        members.put("Async Capable", new Raw("false"));
        node.properties.forEach(members::putIfAbsent);
        estimates(node, members);
        node.details.forEach((name, value) -> members.put(name, switch (value) {
            case RemoteNote.Lines all -> all.lines();
            case RemoteNote.Size size -> new Raw(Long.toString(size.value()));
            default -> value;
        }));
        removed(node).ifPresent(rows -> members.put("Rows Removed by Filter", Raw.of("%d", rows)));
        notes(node).forEach((name, value) -> members.put(name, value instanceof Number n ? new Raw(n.toString()) : value));
        if (!node.children.isEmpty()) {
            List<Object> plans = new ArrayList<>();
            node.children.forEach(child -> plans.add(members(child.node(), Optional.of(child))));
            members.put("Plans", plans);
        }
        return members;
    }

    private void estimates(ExplainNode node, Map<String, Object> members) {
        if (options.costs()) {
            Estimate e = estimate(node);
            members.put("Startup Cost", Raw.of("%.2f", e.startup()));
            members.put("Total Cost", Raw.of("%.2f", e.total()));
            members.put("Plan Rows", Raw.of("%.0f", rows(node)));
            members.put("Plan Width", Raw.of("%d", e.width()));
        }
        if (options.analyze()) {
            Operator.Statistics s = statistics(node).filter(found -> found.loops > 0).orElse(new Operator.Statistics());
            long loops = Math.max(1, s.loops);
            if (options.timing()) {
                members.put("Actual Startup Time", Raw.of("%.3f", first(s)));
                members.put("Actual Total Time", Raw.of("%.3f", s.nanos / 1e6 / loops));
            }
            members.put("Actual Rows", Raw.of("%.2f", (double) s.rows / loops));
            members.put("Actual Loops", Raw.of("%d", s.loops));
        }
        members.put("Disabled", new Raw(isDisabled(node) ? "true" : "false"));
    }

    /** Whether the node itself, not one below it, is of a kind that a setting has turned off. */
    private static boolean isDisabled(ExplainNode node) {
        int below = 0;
        for (Plan child : node.plan.children()) {
            below += child.estimate().disabled();
        }
        return node.plan.estimate().disabled() > below && !node.properties.get("Node Type").equals("Hash");
    }

    /** What the node's operator has to say after a run. */
    private Map<String, Object> notes(ExplainNode node) {
        boolean shown = options.analyze() && !node.properties.get("Node Type").equals("Hash");
        return shown ? run.flatMap(execution -> Optional.ofNullable(execution.operator(node.plan))).map(Operator::notes).orElse(Map.of()) : Map.of();
    }
}
