package org.gajah.sysfunc;

/** Functions on sequences. PostgreSQL manual, section 9.17. */
public final class SequenceFunctions {
    private SequenceFunctions() {
    }

    public static long nextval_oid(SystemContext context, int sequence) {
        return context.sequences().next(sequence);
    }

    public static long currval_oid(SystemContext context, int sequence) {
        return context.sequences().current(sequence);
    }

    public static long lastval(SystemContext context) {
        return context.sequences().last();
    }

    public static long setval_oid(SystemContext context, int sequence, long value) {
        context.sequences().set(sequence, value, true);
        return value;
    }

    public static long setval3_oid(SystemContext context, int sequence, long value, boolean called) {
        context.sequences().set(sequence, value, called);
        return value;
    }
}
