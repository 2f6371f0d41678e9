package org.gajah.parse;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;

/** A text cut into SQL's tokens, for the grammar of a language that has SQL in it: PL/pgSQL. */
public final class CodeTokens {
    private final Tokens tokens;
    private int at;

    public CodeTokens(String source) {
        tokens = Lexer.tokenize(Slice.of(source));
    }

    public boolean atEnd() {
        return tokens.kinds[at] == Token.END;
    }

    /** Whether the token is this symbol: {@code ; := << ( .. = # %}. */
    public boolean at(String symbol) {
        return at(0, symbol);
    }

    /** Whether the token {@code ahead} places on is this symbol. */
    public boolean at(int ahead, String symbol) {
        int token = Math.min(at + ahead, tokens.count - 1);
        int kind = tokens.kinds[token];
        return kind != Token.IDENT && kind != Token.STRING && kind < Token.KEYWORD && image(token).equals(symbol);
    }

    /** Whether the token is this word, not in quotes. */
    public boolean atWord(String word) {
        return atWord(0, word);
    }

    public boolean atWord(int ahead, String word) {
        int token = Math.min(at + ahead, tokens.count - 1);
        return isWord(token) && tokens.bytes[tokens.starts[token]] != '"' && tokens.name(token).equals(word);
    }

    /** Whether the token is a name or a key word. */
    public boolean atName() {
        return isWord(at);
    }

    public boolean atName(int ahead) {
        return isWord(Math.min(at + ahead, tokens.count - 1));
    }

    private boolean isWord(int token) {
        return tokens.kinds[token] == Token.IDENT || tokens.kinds[token] >= Token.KEYWORD;
    }

    public boolean atString() {
        return tokens.kinds[at] == Token.STRING;
    }

    public boolean accept(String symbol) {
        boolean there = at(symbol);
        at += there ? 1 : 0;
        return there;
    }

    public boolean acceptWord(String word) {
        boolean there = atWord(word);
        at += there ? 1 : 0;
        return there;
    }

    public void expect(String symbol) {
        if (!accept(symbol)) {
            throw syntaxError();
        }
    }

    public void expectWord(String word) {
        if (!acceptWord(word)) {
            throw syntaxError();
        }
    }

    /** The name here, folded unless quoted. */
    public String name() {
        if (!atName()) {
            throw syntaxError();
        }
        return tokens.name(at++);
    }

    /** The string literal here. */
    public String string() {
        if (!atString()) {
            throw syntaxError();
        }
        return tokens.text(at++).toString();
    }

    /** The token as written. */
    public String image() {
        return image(at);
    }

    private String image(int token) {
        return tokens.textBetween(tokens.starts[token], tokens.ends[token]);
    }

    public void skip() {
        if (tokens.kinds[at] == Token.ERROR) {
            throw tokens.error(at);
        }
        if (atEnd()) {
            throw syntaxError();
        }
        at++;
    }

    /** A mark for {@link #reset}. */
    public int mark() {
        return at;
    }

    public void reset(int mark) {
        at = mark;
    }

    /** The token's place in code points from 1. */
    public int location() {
        return tokens.location(tokens.starts[at]);
    }

    /** The place of the token at a mark. */
    public int location(int mark) {
        return tokens.location(tokens.starts[mark]);
    }

    /** What is written from the token at a mark up to the end of the one before the present. */
    public String textFrom(int mark) {
        return mark == at ? "" : tokens.textBetween(tokens.starts[mark], tokens.ends[at - 1]);
    }

    /** The line of the token, from 1. */
    public int line() {
        int line = 1;
        for (int i = tokens.base; i < tokens.starts[at]; i++) {
            line += tokens.bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    public SqlError syntaxError() {
        return near("syntax error");
    }

    /** 42601 with {@code at or near} the token. */
    public SqlError near(String message) {
        return tokens.kinds[at] == Token.ERROR ? tokens.error(at) : Lexer.lexical(tokens, message, tokens.starts[at], tokens.ends[at]);
    }
}
