package org.gajah.engine;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

import org.gajah.api.foreign.RowTarget;

/** Takes one value of a foreign query, as text. */
final class OneText implements RowTarget {
    private Optional<String> text = Optional.empty();

    /** The value; nothing for null. */
    Optional<String> text() {
        return text;
    }

    @Override
    public void setLong(int column, long value) {
        text = Optional.of(Long.toString(value));
    }

    @Override
    public void setDouble(int column, double value) {
        text = Optional.of(Double.toString(value));
    }

    @Override
    public void setBoolean(int column, boolean value) {
        text = Optional.of(Boolean.toString(value));
    }

    @Override
    public void setText(int column, String value) {
        text = Optional.of(value);
    }

    @Override
    public void setText(int column, byte[] utf8, int offset, int length) {
        text = Optional.of(new String(utf8, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void setBytes(int column, byte[] value) {
        text = Optional.of("\\x" + HexFormat.of().formatHex(value));
    }

    @Override
    public void endRow() {
        // there is one row
    }
}
