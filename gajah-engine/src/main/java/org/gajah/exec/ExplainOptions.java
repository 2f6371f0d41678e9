package org.gajah.exec;

import java.util.Map;

/**
 * What EXPLAIN shows, and how; {@code timing} only with {@code analyze}.
 *
 * @param settings settings that influence plans and have other values than the built-in ones; shown if there are any
 */
public record ExplainOptions(boolean analyze, boolean verbose, boolean costs, boolean timing, boolean summary, Format format,
        Map<String, String> settings) {
    /** The forms of the output. */
    public enum Format { TEXT, JSON, YAML, XML }

    /** As text. */
    public ExplainOptions(boolean analyze, boolean verbose, boolean costs, boolean timing, boolean summary) {
        this(analyze, verbose, costs, timing, summary, Format.TEXT, Map.of());
    }
}
