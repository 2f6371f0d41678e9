/**
 * From syntax tree to typed {@link org.gajah.analyze.Query}: names, overloads, coercions. The only place that inserts casts.
 *
 * <p>A Query says what is asked, fully resolved: every relation, function, operator, type and collation is an oid, every
 * implicit cast is written out. It holds no catalog objects, so it can be kept (views, defaults, prepared statements) and read
 * back; {@code NodeText} is its text form.
 *
 * <p>{@code Analyzer} is the way in, {@code Definitions} that for the expressions in definitions. One {@code Analysis} lives
 * as long as one statement and holds its parts; a {@code Scope} is one query level while it is being analyzed. Clause by clause:
 * {@code FromClause}, {@code Expressions}, {@code Targets}, {@code SortClauses}, {@code GroupBy}, {@code Windows},
 * {@code SetOperations}, {@code Withs}; {@code Inserts}, {@code Updates}, {@code Merges}. Below them, knowing nothing of clauses:
 * {@code Pathways} (which cast), {@code Coercer} (insert it), {@code CommonTypes}, {@code Polymorphism}, {@code FunctionLookup} and
 * {@code OperatorLookup} (which overload), {@code Collations}. Afterwards {@code Rewriter} expands views and defaults.
 *
 * <p>Invariants: an operand has exactly the type that its operator or function takes, a set operation's arm exactly the types of
 * the operation; a Var's type is its column's; unknown literals remain nowhere. Errors are PostgreSQL's, with their places.
 *
 * <p>To add an expression: a record in {@code Expr} (the compiler names every traversal that has to learn it), a case in
 * {@code Expressions}, one in {@code Collations} if its collation is not its arguments', and statements in the verdict files of the
 * tests, whose answers {@code VerdictRecorder} fetches from a PostgreSQL server.
 */
package org.gajah.analyze;
