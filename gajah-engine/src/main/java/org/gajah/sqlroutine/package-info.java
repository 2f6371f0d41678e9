/**
 * LANGUAGE sql: functions whose bodies are lists of SQL statements. PostgreSQL manual, section 36.5.
 *
 * <p>Invariant: a body keeps one statement of the session for each statement of the text; the last one gives the result.
 */
package org.gajah.sqlroutine;
