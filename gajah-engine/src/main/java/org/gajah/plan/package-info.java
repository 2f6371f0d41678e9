/**
 * From typed query to plan: immutable records that say how a statement is carried out, and the rules that make them.
 *
 * <p>A {@link org.gajah.plan.Plan} is a tree of sealed records without behaviour. Its expressions contain no Vars:
 * an {@code Expr.InputColumn} names a column of an input of the node, counted from 0; an {@code Expr.ExecParam} names a
 * slot that another node fills. A plan can be run by many sessions at once; what changes while it runs lives in the
 * operators that are built from it.
 *
 * <p>The way of a query level: {@code Flattening} makes one level of several (semi joins of EXISTS and IN, subqueries pulled up,
 * conditions pushed down), {@code Preparer} makes its expressions plannable, {@code JoinProblem} states what is to be joined under
 * which conditions, {@code JoinSearch} finds the cheapest {@code JoinPath} by {@code JoinCosts} and {@code AccessPaths}, {@code Joins}
 * makes the plan of it, and groups, windows, output, order and limit come on top. {@code Selectivity} says how many rows.
 *
 * <p>To add a plan node: a record in {@code Plan}, the rule that makes it, its operator in {@code org.gajah.exec}, and its
 * lines in EXPLAIN; the exhaustive switches show the places.
 */
package org.gajah.plan;
