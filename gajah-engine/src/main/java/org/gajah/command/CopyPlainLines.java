package org.gajah.command;

import java.util.Arrays;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;

/**
 * Reads lines that are written as most are, from left to right: fields as {@link CopyField#readPlain} knows them and nulls, one for each
 * column. It leaves all others, whatever is odd or wrong with them, where they are, for {@link CopyLines#next}.
 */
final class CopyPlainLines {
    private static final String DELIMITERS = "\t,;|";
    private static final byte QUOTE = '"';
    private static final Slice NULL = Slice.of("\\N");
    private static final int LONGEST_PAUSE = 1 << 10;

    private final CopyLines lines;
    private final CopyField[] fields;
    private final byte delimiter;
    private final Slice nullText;
    private final CopyPlainText text;
    /** How many lines are left to others before one is looked at again, and how many of them were. */
    private int pause;
    private int passed;

    private CopyPlainLines(CopyLines lines, CopyField[] fields, CopyOptions options) {
        this.lines = lines;
        this.fields = fields;
        this.delimiter = options.delimiter();
        this.nullText = options.nullText();
        this.text = new CopyPlainText(delimiter, options.csv() ? QUOTE : (byte) '\\');
    }

    /** Absent if the options are unusual, or reading a column's values may do more than that. */
    static Optional<CopyPlainLines> of(CopyLines lines, CopyField[] fields, CopyOptions options) {
        boolean format = options.csv() ? options.quote() == QUOTE : options.format() == CopyOptions.Format.TEXT;
        boolean nulls = options.nullText().isEmpty() || !options.csv() && options.nullText().equals(NULL);
        boolean usual = format && nulls && DELIMITERS.indexOf(options.delimiter()) >= 0 && options.defaultText().isEmpty()
                && options.forceNotNull().equals(CopyOptions.Columns.NONE);
        return usual && fields.length > 0 && Arrays.stream(fields).allMatch(CopyField::isOnlyRead)
                ? Optional.of(new CopyPlainLines(lines, fields, options)) : Optional.empty();
    }

    /** Reads the next line into a row, if it is such a line; false if it is not, or may not be. */
    boolean next(int row) {
        if (passed < pause) {
            passed++;
            return false;
        }
        passed = 0;
        boolean read = read(row);
        pause = read ? pause >> 1 : Math.min(2 * pause + 1, LONGEST_PAUSE);
        return read;
    }

    private boolean read(int row) {
        byte[] bytes = lines.buffer();
        int to = Math.min(lines.to(), bytes.length - CopyField.LOOK_AHEAD);
        int at = lines.from();
        int last = fields.length - 1;
        try {
            for (int i = 0; i <= last; i++) {
                if (at >= to) {
                    return false;
                }
                int end = isNull(bytes, at) ? setNull(fields[i], at, row) : fields[i].readPlain(bytes, at, to, text, row);
                if (end < 0 || end >= to || i < last && bytes[end] != delimiter) {
                    return false;
                }
                at = end + 1;
            }
        } catch (SqlError e) {
            // whoever reads the line next says what is wrong with it
            return false;
        }
        return lines.pass(at - 1);
    }

    private boolean isNull(byte[] bytes, int at) {
        if (text.isInside(bytes[at])) {
            return false;
        }
        int end = at + nullText.length();
        return Arrays.equals(bytes, at, end, nullText.array(), nullText.offset(), nullText.offset() + nullText.length())
                && !text.isInside(bytes[end]);
    }

    private int setNull(CopyField field, int at, int row) {
        field.setNull(row);
        return at + nullText.length();
    }
}
