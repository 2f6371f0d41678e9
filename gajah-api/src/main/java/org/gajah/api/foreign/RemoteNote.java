package org.gajah.api.foreign;

import java.util.List;

/** Something that EXPLAIN shows of a query besides its text. */
public sealed interface RemoteNote {
    /** What it is called. */
    String name();

    /** Lines, each shown with the name: the server's plan. */
    record Lines(String name, List<String> lines) implements RemoteNote {
    }

    /** A number and what it counts: the size of a file. */
    record Size(String name, long value, String unit) implements RemoteNote {
    }
}
