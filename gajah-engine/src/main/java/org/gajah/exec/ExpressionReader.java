package org.gajah.exec;

import org.gajah.analyze.Expr;

/** Reads expressions that the catalogs keep as text: defaults, checks, index expressions. Their Vars are of range table entry 0. */
@FunctionalInterface
public interface ExpressionReader {
    Expr read(String nodeText);
}
