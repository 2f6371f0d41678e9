package org.gajah.javaroutine;

/** A value that comes from SQL and goes back to it: it need not become Java's and lose what Java cannot say. */
record RawValue(Object datum, int type) {
}
