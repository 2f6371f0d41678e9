package org.gajah.exec;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * EXPLAIN's structured formats, laid out as PostgreSQL does. A document is a map of names to texts, {@link Raw} values, lists of
 * texts, maps, and lists of maps.
 */
final class ExplainDocument {
    /** A number or a truth value: never quoted. */
    record Raw(String text) {
        static Raw of(String format, Object value) {
            return new Raw(String.format(Locale.ROOT, format, value));
        }
    }

    private final StringBuilder out = new StringBuilder();

    private ExplainDocument() {
    }

    static String write(Map<String, Object> query, ExplainOptions.Format format) {
        ExplainDocument document = new ExplainDocument();
        switch (format) {
            case JSON -> {
                document.out.append("[\n  ");
                document.json(query, 2);
                document.out.append("\n]");
            }
            case YAML -> document.yaml(query, 2, "- ");
            case XML -> {
                document.out.append("<explain xmlns=\"http://www.postgresql.org/2009/explain\">\n  <Query>\n");
                document.xml(query, 4);
                document.out.append("  </Query>\n</explain>");
            }
            case TEXT -> throw new IllegalArgumentException("text is no document");
        }
        return document.out.toString();
    }

    // ---- JSON ----

    private void json(Object value, int indent) {
        switch (value) {
            case Raw raw -> out.append(raw.text);
            case Map<?, ?> map -> jsonMap(map, indent);
            case List<?> list when list.isEmpty() -> out.append("[\n").append(" ".repeat(indent)).append(']');
            case List<?> list when list.getFirst() instanceof Map -> {
                String separator = "[\n";
                for (Object each : list) {
                    out.append(separator).append(" ".repeat(indent + 2));
                    json(each, indent + 2);
                    separator = ",\n";
                }
                out.append('\n').append(" ".repeat(indent)).append(']');
            }
            case List<?> list -> {
                String separator = "[";
                for (Object each : list) {
                    out.append(separator);
                    quoted(each.toString());
                    separator = ", ";
                }
                out.append(']');
            }
            default -> quoted(value.toString());
        }
    }

    private void jsonMap(Map<?, ?> map, int indent) {
        String separator = "{\n";
        for (Map.Entry<?, ?> e : map.entrySet()) {
            out.append(separator).append(" ".repeat(indent + 2));
            quoted(e.getKey().toString());
            out.append(": ");
            json(e.getValue(), indent + 2);
            separator = ",\n";
        }
        out.append('\n').append(" ".repeat(indent)).append('}');
    }

    private void quoted(String text) {
        out.append('"');
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
        out.append('"');
    }

    // ---- YAML ----

    /** {@code first} stands before the first name instead of the margin's last two blanks. */
    private void yaml(Map<?, ?> map, int indent, String first) {
        String lead = " ".repeat(indent - 2) + first;
        for (Map.Entry<?, ?> e : map.entrySet()) {
            out.append(out.isEmpty() ? "" : "\n").append(lead).append(e.getKey()).append(": ");
            lead = " ".repeat(indent);
            switch (e.getValue()) {
                case Raw raw -> out.append(raw.text);
                case Map<?, ?> inner -> yaml(inner, indent + 2, "  ");
                case List<?> list -> yaml(list, indent);
                default -> quoted(e.getValue().toString());
            }
        }
    }

    private void yaml(List<?> list, int indent) {
        for (Object each : list) {
            if (each instanceof Map<?, ?> map) {
                yaml(map, indent + 4, "- ");
            } else {
                out.append('\n').append(" ".repeat(indent + 2)).append("- ");
                quoted(each.toString());
            }
        }
    }

    // ---- XML ----

    private void xml(Map<?, ?> map, int indent) {
        String margin = " ".repeat(indent);
        for (Map.Entry<?, ?> e : map.entrySet()) {
            String tag = e.getKey().toString().replace(' ', '-').replace('/', '-');
            switch (e.getValue()) {
                case Map<?, ?> inner -> element(tag, inner, indent);
                case List<?> list -> {
                    out.append(margin).append('<').append(tag).append(">\n");
                    for (Object each : list) {
                        if (each instanceof Map<?, ?> inner) {
                            element("Plan", inner, indent + 2);
                        } else {
                            out.append(margin).append("  <Item>").append(escaped(each.toString())).append("</Item>\n");
                        }
                    }
                    out.append(margin).append("</").append(tag).append(">\n");
                }
                case Raw raw -> out.append(margin).append('<').append(tag).append('>').append(raw.text).append("</").append(tag).append(">\n");
                default -> out.append(margin).append('<').append(tag).append('>').append(escaped(e.getValue().toString())).append("</").append(tag)
                        .append(">\n");
            }
        }
    }

    private void element(String tag, Map<?, ?> inner, int indent) {
        String margin = " ".repeat(indent);
        out.append(margin).append('<').append(tag).append(">\n");
        xml(inner, indent + 2);
        out.append(margin).append("</").append(tag).append(">\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
