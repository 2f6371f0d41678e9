package org.gajah.engine;

import org.gajah.api.SqlError;

/** Takes the outcome of statements; of their rows nothing. */
class DirectSink extends RowsOnly {
    private String tag = "";

    String tag() {
        return tag;
    }

    /** The number in the last command tag, 0 if it has none. */
    long processed() {
        long number = 0;
        for (int i = tag.lastIndexOf(' ') + 1; i < tag.length(); i++) {
            char digit = tag.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    @Override
    public void complete(String done) {
        tag = done;
    }

    @Override
    public void suspended() {
        throw new IllegalStateException("no limit was set");
    }

    @Override
    public void empty() {
        tag = "";
    }

    @Override
    public CopyInput copyIn(boolean binary, int columnCount) {
        throw SqlError.notSupported("COPY FROM STDIN is not supported without a connection");
    }

    @Override
    public CopyOutput copyOut(boolean binary, int columnCount) {
        throw SqlError.notSupported("COPY TO STDOUT is not supported without a connection");
    }
}
