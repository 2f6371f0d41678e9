package org.gajah.ast;

/**
 * A statement that PostgreSQL has and that is read (so that syntax errors in it are found) but not represented; the engine
 * answers it with 0A000 naming {@code tag}.
 *
 * @param tag the statement's command tag, such as {@code CREATE RULE}
 */
public record Unsupported(String tag, int location) implements Statement {
}
