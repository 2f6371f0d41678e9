package org.gajah.tests.bench;

import java.util.Arrays;

/** Reads the rows of {@link CopyStream} as a program would that is written for them alone: each field to its value, nothing checked. */
final class RowLoop {
    private final byte[] file;
    private final byte separator;
    private int at;

    private long id;
    private int customer;
    private long cents;
    private long micros;
    private byte[] name = {};
    private boolean paid;

    RowLoop(byte[] file, byte separator) {
        this.file = file;
        this.separator = separator;
    }

    /** The next row, if there is one. */
    boolean next() {
        if (at == file.length) {
            return false;
        }
        id = number(separator);
        customer = (int) number(separator);
        cents = number((byte) '.') * 100 + number(separator);
        micros = timestamp();
        int start = at;
        while (file[at] != separator) {
            at++;
        }
        name = Arrays.copyOfRange(file, start, at++);
        paid = file[at] == 't';
        at += 2;
        return true;
    }

    private long number(byte end) {
        long value = 0;
        for (byte b = file[at++]; b != end; b = file[at++]) {
            value = value * 10 + b - '0';
        }
        return value;
    }

    /** Of 2024-01-01: the rows have no other day. */
    private long timestamp() {
        at += 11;
        long seconds = two(0) * 3600L + two(3) * 60L + two(6);
        at += 9;
        return seconds * 1_000_000;
    }

    private int two(int offset) {
        return (file[at + offset] - '0') * 10 + file[at + offset + 1] - '0';
    }

    /** Something of each value of the row, so that none is read in vain. */
    long sum() {
        return id + customer + cents + micros + name.length + (paid ? 1 : 0);
    }
}
