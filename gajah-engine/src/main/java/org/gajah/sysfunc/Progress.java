package org.gajah.sysfunc;

import java.util.concurrent.atomic.AtomicLongArray;

/** How far a long command has come: what pg_stat_progress_... views show. Written by the command's thread, read by any. */
public final class Progress {
    /** Values that a command can show. */
    public static final int VALUES = 20;

    private final String command;
    private final int relation;
    private final AtomicLongArray values = new AtomicLongArray(VALUES);

    /**
     * @param command as pg_stat_get_progress_info takes it: COPY, VACUUM, ...
     * @param relation the oid of what it works on, 0 for none
     */
    public Progress(String command, int relation) {
        this.command = command;
        this.relation = relation;
    }

    public String command() {
        return command;
    }

    public int relation() {
        return relation;
    }

    /** Value number {@code index}, from 1. */
    public long value(int index) {
        return values.getOpaque(index - 1);
    }

    public void set(int index, long value) {
        values.setOpaque(index - 1, value);
    }

    public void add(int index, long more) {
        set(index, value(index) + more);
    }
}
