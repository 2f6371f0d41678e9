/**
 * Plans carried out: operators that pull batches, and the kernels that evaluate expressions over them.
 *
 * <p>A {@link org.gajah.exec.Execution} is a planned statement made into operators and kernels once; it is then run any number
 * of times, one run at a time, each with its own {@link org.gajah.exec.ExecContext}. An
 * {@link org.gajah.exec.Operator} gives batches of rows that stay its own: whoever receives one may narrow its selection,
 * and must copy what is to outlive the next call. A {@link org.gajah.exec.Kernel} gives one vector for one expression, defined
 * at the rows it was asked for and at no others: that is how AND, CASE and COALESCE keep errors away from rows they have decided.
 *
 * <p>Calls of built-in functions are loops spun around the function's static method, once per method and process
 * ({@link org.gajah.exec.FunctionLoop}). Strictness is dealt with there and nowhere else.
 *
 * <p>What an operator keeps it accounts for with its {@link org.gajah.exec.WorkMemory}: a {@link org.gajah.exec.RowStore} writes older
 * chunks to a file by itself, a {@link org.gajah.exec.RowSorter} makes sorted runs, hash operators divide their rows into
 * {@link org.gajah.exec.Partitions} and go on part by part. Memory and files go with {@link org.gajah.exec.Execution#close}.
 *
 * <p>To add a plan node: an operator here and a line in {@code OperatorBuilder}. To add an expression: a kernel and a line in
 * {@code ExprCompiler}.
 */
package org.gajah.exec;
