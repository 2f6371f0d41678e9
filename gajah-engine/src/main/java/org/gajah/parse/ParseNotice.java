package org.gajah.parse;

import org.gajah.api.SqlError;

/**
 * Something to tell the client about a text that was read all the same.
 *
 * @param severity NOTICE or WARNING
 * @param message  PostgreSQL's text, with its SQLSTATE
 */
public record ParseNotice(String severity, SqlError message) {
}
