package org.gajah.base;

/** A file operation has failed. */
public final class DiskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean full;

    public DiskException(String message, boolean full, Throwable cause) {
        super(message, cause);
        this.full = full;
    }

    public DiskException(String message) {
        this(message, false, null);
    }

    /** Whether there is no space left (or no quota): trying later may help. */
    public boolean isFull() {
        return full;
    }
}
