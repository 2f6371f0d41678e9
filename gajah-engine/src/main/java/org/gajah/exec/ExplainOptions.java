package org.gajah.exec;

/** What EXPLAIN shows; {@code timing} and {@code summary} only with {@code analyze}. */
public record ExplainOptions(boolean analyze, boolean verbose, boolean costs, boolean timing, boolean summary) {
}
