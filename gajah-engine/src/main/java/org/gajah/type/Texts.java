package org.gajah.type;

import org.gajah.base.Slice;

/** How text is fitted to name, varchar(n) and char(n). */
public final class Texts {
    private Texts() {
    }

    /** Cut after 63 bytes, between characters. */
    public static Slice name(Slice text) {
        return TextCodec.name(text);
    }

    /** For varchar: 22001 if what is too long is not spaces, unless the cast is explicit. */
    public static Slice varchar(Slice text, int typmod, boolean explicit) {
        return TextCodec.varchar(text, typmod, explicit);
    }

    /** For char(n): padded; 22001 if what is too long is not spaces, unless the cast is explicit. */
    public static Slice bpchar(Slice text, int typmod, boolean explicit) {
        return BpcharCodec.fit(text, typmod, explicit);
    }
}
