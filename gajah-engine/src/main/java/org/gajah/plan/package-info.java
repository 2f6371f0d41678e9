/**
 * From typed query to plan: immutable records that say how a statement is carried out, and the rules that make them.
 *
 * <p>A {@link org.gajah.plan.Plan} is a tree of sealed records without behaviour. Its expressions contain no Vars:
 * an {@code Expr.InputColumn} names a column of an input of the node, counted from 0; an {@code Expr.ExecParam} names a
 * slot that another node fills. A plan can be run by many sessions at once; what changes while it runs lives in the
 * operators that are built from it.
 *
 * <p>To add a plan node: a record in {@code Plan}, the rule that makes it, its operator in {@code org.gajah.exec}, and its
 * lines in EXPLAIN; the exhaustive switches show the places.
 */
package org.gajah.plan;
