package org.gajah.catalog.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gajah.base.Slice;

/**
 * The rows of one data file, each field in its type's text form.
 *
 * <p>Fields are slices of the file's bytes, so that reading allocates little; a field that is SQL NULL is null.
 */
public final class BootstrapRows {
    private final byte[] file;
    private final int firstRow;
    private final List<String> columns;

    private BootstrapRows(byte[] file) {
        this.file = file;
        int headerEnd = indexOf(file, (byte) '\n', 0);
        this.firstRow = headerEnd + 1;
        this.columns = List.of(new Slice(file, 0, headerEnd).toString().split("\t"));
    }

    /** The rows of {@code name}: a catalog ({@code pg_proc}), {@code settings}, {@code keywords}, {@code sqlstates}, ...; PostgreSQL's, then ours. */
    public static BootstrapRows of(String name) {
        BootstrapRows postgres = at(BootstrapRows.class, name + ".tsv");
        String own = "gajah/" + name + ".tsv";
        return BootstrapRows.class.getResource(own) == null ? postgres : postgres.and(at(BootstrapRows.class, own));
    }

    private BootstrapRows and(BootstrapRows more) {
        if (!columns.equals(more.columns)) {
            throw new IllegalArgumentException("columns " + more.columns + " instead of " + columns);
        }
        byte[] both = Arrays.copyOf(file, file.length + more.file.length - more.firstRow);
        System.arraycopy(more.file, more.firstRow, both, file.length, more.file.length - more.firstRow);
        return new BootstrapRows(both);
    }

    /** The rows of a file of the same form that stands beside another class. */
    public static BootstrapRows at(Class<?> neighbour, String file) {
        try (InputStream in = neighbour.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no data file " + file);
            }
            return new BootstrapRows(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a data file for {@code name}: a catalog without one starts empty. */
    public static boolean exist(String name) {
        return BootstrapRows.class.getResource(name + ".tsv") != null;
    }

    /** The columns' names in the fields' order; for a catalog this is the order of pg_attribute. */
    public List<String> columns() {
        return columns;
    }

    /** The place of {@code column} among the fields, from 0. */
    public int index(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("no column " + column + " among " + columns);
        }
        return index;
    }

    /** Gives every row to {@code consumer}, in the file's order (by OID or primary key); the array is the row's own. */
    public void forEach(Consumer<? super Slice[]> consumer) {
        int at = firstRow;
        while (at < file.length) {
            int end = indexOf(file, (byte) '\n', at);
            consumer.accept(row(at, end));
            at = end + 1;
        }
    }

    /** The rows as a stream, in the file's order. */
    public Stream<Slice[]> stream() {
        Stream.Builder<Slice[]> rows = Stream.builder();
        forEach(rows);
        return rows.build();
    }

    private Slice[] row(int start, int end) {
        Slice[] fields = new Slice[columns.size()];
        int fieldStart = start;
        for (int i = 0; i < fields.length; i++) {
            int at = fieldStart;
            boolean escaped = false;
            while (at < end && file[at] != '\t') {
                escaped |= file[at] == '\\';
                at++;
            }
            fields[i] = escaped ? unescaped(fieldStart, at) : new Slice(file, fieldStart, at - fieldStart);
            fieldStart = at + 1;
        }
        return fields;
    }

    private Slice unescaped(int start, int end) {
        if (end - start == 2 && file[start + 1] == 'N') {
            return null;
        }
        byte[] plain = new byte[end - start];
        int length = 0;
        for (int at = start; at < end; at++) {
            byte b = file[at];
            if (b == '\\') {
                at++;
                b = switch (file[at]) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'v' -> 0x0b;
                    default -> file[at];
                };
            }
            plain[length++] = b;
        }
        return new Slice(plain, 0, length);
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        int at = from;
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
