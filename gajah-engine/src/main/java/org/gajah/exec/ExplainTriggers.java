package org.gajah.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What EXPLAIN ANALYZE tells of the triggers that have fired. */
record ExplainTriggers(List<ArmedTrigger> triggers, ExplainOptions options) {
    private static final double NANOS_PER_MILLI = 1e6;

    private List<ArmedTrigger> fired() {
        return triggers.stream().filter(t -> t.calls() > 0).toList();
    }

    private static boolean isConstraint(ArmedTrigger t) {
        return t.trigger().constraint() != 0;
    }

    List<String> lines() {
        boolean several = triggers.stream().map(t -> t.relation().oid()).distinct().count() > 1;
        List<String> lines = new ArrayList<>();
        for (ArmedTrigger t : fired()) {
            String name = isConstraint(t) && !options.verbose() ? "" : " " + t.trigger().name();
            String constraint = isConstraint(t) ? " for constraint " + t.trigger().name() : "";
            String time = options.timing() ? String.format(Locale.ROOT, "time=%.3f ", t.nanos() / NANOS_PER_MILLI) : "";
            lines.add("Trigger" + name + constraint + (several ? " on " + t.relation().name() : "") + ": " + time + "calls=" + t.calls());
        }
        return lines;
    }

    /** For the structured formats. */
    List<Map<String, Object>> members() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ArmedTrigger t : fired()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("Trigger Name", t.trigger().name());
            if (isConstraint(t)) {
                members.put("Constraint Name", t.trigger().name());
            }
            members.put("Relation", t.relation().name());
            if (options.timing()) {
                members.put("Time", ExplainDocument.Raw.of("%.3f", t.nanos() / NANOS_PER_MILLI));
            }
            members.put("Calls", ExplainDocument.Raw.of("%d", t.calls()));
            all.add(members);
        }
        return all;
    }
}
