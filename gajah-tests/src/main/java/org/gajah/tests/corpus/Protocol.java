package org.gajah.tests.corpus;

/** How statements reach the server, and in what form results come back. */
public enum Protocol {
    /** Query messages, text results. */
    SIMPLE,
    /** Parse, Bind, Describe, Execute, Sync; text results. */
    EXTENDED,
    /** As {@link #EXTENDED}, with binary results. */
    BINARY;

    /** The name in lower case. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
