package org.gajah.ast;

/** How long a relation lives, with pg_class.relpersistence's letter. */
public enum Persistence {
    PERMANENT('p'), UNLOGGED('u'), TEMPORARY('t');

    private final char letter;

    Persistence(char letter) {
        this.letter = letter;
    }

    /** The letter in pg_class. */
    public char letter() {
        return letter;
    }
}
