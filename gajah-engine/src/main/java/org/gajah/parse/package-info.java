/**
 * From text to {@code org.gajah.ast}: a hand-written lexer, recursive descent for statements, precedence climbing for
 * expressions, PostgreSQL 18's grammar.
 *
 * <p>The text is cut into {@link org.gajah.parse.Tokens} first, so any look-ahead is cheap; what is lexically wrong becomes a
 * token that throws when the grammar reaches it, because an earlier syntax error comes first. A grammar class reads one area;
 * {@link org.gajah.parse.Grammar} holds one of each, and they call each other through it.
 *
 * <p>Invariants: a token is consumed only if what was read so far can begin with it, so that {@code syntax error at or near}
 * names the token that PostgreSQL names. Everything that can nest without bound passes the stack guard. Nothing is looked up
 * in a catalog.
 *
 * <p>To add a statement: its record in {@code org.gajah.ast}, a method in the grammar class of its area, a case in {@link
 * org.gajah.parse.StatementGrammar} (or in the class that reads what follows CREATE, ALTER or DROP), lines in the corpus of
 * accepted and refused statements.
 */
package org.gajah.parse;
