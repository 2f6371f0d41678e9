package org.gajah.parse;

import org.gajah.api.SqlState;

/**
 * Something to tell the client about a text that was read all the same.
 *
 * @param state   its SQLSTATE; the severity is NOTICE
 * @param message PostgreSQL's text
 */
public record ParseNotice(SqlState state, String message) {
}
