/**
 * The SQL corpus: files of statements with the answers that a real PostgreSQL 18.6 gave, and what runs them.
 *
 * <p>A file ({@code .test}) is a list of records with an empty line between them:
 * <pre>{@code
 * # a comment
 * @unordered
 * SELECT 1 / x FROM t
 * ----
 * error 22012: division by zero
 * }</pre>
 * Above the dashes stands what a person writes: comments, directives, the statement. Below stands the answer, written by
 * {@code ./corpus --write FILES} and never by hand, a line for everything the server said: {@code columns}, {@code row},
 * {@code tag}, {@code error} with {@code detail}, {@code hint}, {@code position}, {@code about}, {@code notice},
 * {@code copy}, {@code data}, {@code set}, {@code notify}, and {@code status} inside a transaction block.
 *
 * <p>The directives are explained at {@link org.gajah.tests.corpus.CorpusRecord}. Every file runs in a new database called
 * {@code corpus}, in the C locale and UTC; roles and other shared objects are the file's own duty to remove.
 *
 * <p>Invariant: an answer is the same whatever the protocol, the batch size and the number of restarts between records;
 * records to which this does not apply say so ({@code @simple}).
 *
 * <p>To add a test: write statements into a file below {@code gajah-tests/src/test/resources/corpus}, each followed by
 * {@code ----} and an empty line; run {@code ./corpus --write FILE}; read the answers; commit.
 */
package org.gajah.tests.corpus;
