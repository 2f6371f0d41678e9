package org.gajah.table;

import java.util.Optional;

import org.gajah.vector.Carrier;

/**
 * One column as the store sees it.
 *
 * @param carrier how its values travel
 * @param width bytes of a fixed-width value, or {@link #VARIABLE}; BOOL has 1, INT 1, 2 or 4, LONG 8, DOUBLE 4 or 8, BYTES and
 *        OBJECT any fixed width up to 255 or VARIABLE
 * @param form for OBJECT and only there: its stored form
 * @param dropped whether the column is gone: it reads as null and takes no space in new pages
 * @param missing boxed value of rows that were stored before the column was added; null is SQL NULL
 */
public record Attribute(Carrier carrier, int width, Optional<StoredForm> form, boolean dropped, Object missing) {
    public static final int VARIABLE = 0;

    public Attribute {
        if (width < 0 || width > 255 || (carrier == Carrier.OBJECT) != form.isPresent()) {
            throw new IllegalArgumentException("attribute " + carrier + " of width " + width);
        }
    }

    /** A column of a carrier other than OBJECT; BYTES are of variable width. */
    public static Attribute of(Carrier carrier) {
        int width = switch (carrier) {
            case BOOL -> 1;
            case INT -> 4;
            case LONG, DOUBLE -> 8;
            case BYTES -> VARIABLE;
            case OBJECT -> throw new IllegalArgumentException("an OBJECT needs a stored form");
        };
        return new Attribute(carrier, width, Optional.empty(), false, null);
    }

    public static Attribute of(Carrier carrier, int width) {
        return new Attribute(carrier, width, Optional.empty(), false, null);
    }

    /** Objects in {@code width} bytes, or {@link #VARIABLE}. */
    public static Attribute of(StoredForm form, int width) {
        return new Attribute(Carrier.OBJECT, width, Optional.of(form), false, null);
    }

    public boolean isVariable() {
        return width == VARIABLE;
    }
}
