package org.gajah.parse;

/**
 * How the lexer reads backslashes in strings; PostgreSQL manual, section 19.13.
 *
 * @param standard    {@code standard_conforming_strings}: in '...' a backslash is a character like others
 * @param warns       {@code escape_string_warning}: tells of backslashes in '...' where they are escapes
 * @param quoteEscape {@code backslash_quote}: whether {@code \'} may stand for a quote
 */
public record StringRules(boolean standard, boolean warns, boolean quoteEscape) {
    /** The defaults; stored texts are read by them. */
    public static final StringRules DEFAULT = new StringRules(true, true, true);
}
