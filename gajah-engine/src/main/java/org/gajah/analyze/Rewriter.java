package org.gajah.analyze;
/** x. */
public final class Rewriter {
    private Rewriter() {
    }
    static Analyzed rewrite(Analyzed x, AnalyzeContext c) {
        return x;
    }
}
