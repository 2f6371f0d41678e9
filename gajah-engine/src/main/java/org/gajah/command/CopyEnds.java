package org.gajah.command;

/** The client's end of a COPY: opening one tells the client that data flow from now on. */
public interface CopyEnds {
    CopySource in(boolean binary, int columns);

    CopyTarget out(boolean binary, int columns);
}
