package org.gajah.ast;

/**
 * A statement with its place in the text it was read from.
 *
 * @param statement the statement
 * @param offset    the first byte of the statement's text in the source, from 0, after white space
 * @param length    bytes up to the semicolon or the end of the source, without trailing white space
 * @param location  the same place as {@code offset}, in code points from 1
 */
public record RawStatement(Statement statement, int offset, int length, int location) {
}
