package org.gajah.type;

import org.gajah.base.Slice;

/** Hears what a {@link JsonReader} reads. Positions are bytes from the start of the text. */
public interface JsonHandler {
    /** Hears nothing: for checking only. */
    JsonHandler NONE = new JsonHandler() {
    };

    default void beginObject(int start) {
    }

    default void endObject(int end) {
    }

    default void beginArray(int start) {
    }

    default void endArray(int end) {
    }

    /** A key, without quotes and escapes; valid until the next call. */
    default void key(Slice name) {
    }

    /** A string, without quotes and escapes; valid until the next call. */
    default void string(Slice value, int start, int end) {
    }

    default void number(Slice digits, int start, int end) {
    }

    default void bool(boolean value, int start, int end) {
    }

    default void nothing(int start, int end) {
    }

    /** Whether escapes must be decoded; where not, strings come as they are written. */
    default boolean decodes() {
        return false;
    }
}
