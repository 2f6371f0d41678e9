package org.gajah.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.gajah.plan.Plan;

/** A node as EXPLAIN shows it: its heading in text, its properties in JSON, details for both, and what stands below it. */
final class ExplainNode {
    final Plan plan;
    final String heading;
    /** Properties that JSON shows and the heading contains: Node Type first. */
    final Map<String, Object> properties = new LinkedHashMap<>();
    /** Further lines, shown in both forms. */
    final LinkedHashMap<String, Object> details = new LinkedHashMap<>();
    final List<Child> children = new ArrayList<>();

    /** Something below a node; a label (SubPlan 1, CTE q) stands before it in text. */
    record Child(String relationship, String label, ExplainNode node) {
    }

    ExplainNode(Plan plan, String heading, String nodeType) {
        this.plan = plan;
        this.heading = heading;
        properties.put("Node Type", nodeType);
    }

    ExplainNode property(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    ExplainNode detail(String name, Object value) {
        details.put(name, value);
        return this;
    }
}
