package org.gajah.catalog.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.base.Slice;

/**
 * What the tables of pg_catalog look like: enough to create and to open them before any of them can be read.
 *
 * <p>The numbers are PostgreSQL's: a table has the same OID, columns and indexes here and there.
 */
public final class SystemCatalogs {
    private final List<Table> tables;
    private final Map<Integer, Table> byOid = new HashMap<>();
    private final Map<String, Table> byName = new HashMap<>();

    /** A catalog; {@code rowType} is its composite type in pg_type, {@code shared} ones are common to all databases. */
    public record Table(int oid, String name, boolean shared, int rowType, List<Column> columns, List<Index> indexes) {
        /** The column called {@code name}. */
        public Column column(String name) {
            return columns.stream().filter(c -> c.name().equals(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no column " + name + " in " + this.name));
        }
    }

    /** A column; {@code number} counts from 1 without gaps. */
    public record Column(int number, String name, int type, int typmod, boolean notNull, int collation) {}

    /** An index on {@code columns} (their numbers), each ordered by the operator class at the same place. */
    public record Index(int oid, String name, boolean unique, boolean primary, List<Integer> columns,
            List<Integer> operatorClasses) {}

    private SystemCatalogs(List<Table> tables) {
        this.tables = List.copyOf(tables);
        for (Table table : tables) {
            byOid.put(table.oid(), table);
            byName.put(table.name(), table);
        }
    }

    /** Reads the descriptors. */
    public static SystemCatalogs load() {
        List<Table> tables = new ArrayList<>();
        BootstrapRows.of("system_catalogs").forEach(row -> {
            List<Column> columns = new ArrayList<>();
            for (String[] c : elements(row[4])) {
                columns.add(new Column(columns.size() + 1, c[0], Integer.parseInt(c[1]), Integer.parseInt(c[2]),
                        c[3].equals("1"), Integer.parseInt(c[4])));
            }
            List<Index> indexes = new ArrayList<>();
            for (String[] i : elements(row[5])) {
                indexes.add(new Index(Integer.parseInt(i[0]), i[1], i[2].equals("1"), i[3].equals("1"),
                        numbers(i[4]), numbers(i[5])));
            }
            tables.add(new Table(Integer.parseInt(row[0].toString()), row[1].toString(), row[2].toString().equals("t"),
                    Integer.parseInt(row[3].toString()), List.copyOf(columns), List.copyOf(indexes)));
        });
        return new SystemCatalogs(tables);
    }

    /** All tables in OID order. */
    public List<Table> tables() {
        return tables;
    }

    /** The table with this OID. */
    public Optional<Table> table(int oid) {
        return Optional.ofNullable(byOid.get(oid));
    }

    /** The table with this name, without its schema. */
    public Optional<Table> table(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The words of every element of {@code {"a b","c d"}}; no element holds a quote, a comma is only inside words. */
    private static List<String[]> elements(Slice array) {
        List<String[]> elements = new ArrayList<>();
        int start = -1;
        for (int at = 0; at < array.length(); at++) {
            if (array.at(at) == '"') {
                if (start >= 0) {
                    elements.add(words(array.slice(start, at - start).toString(), ' '));
                }
                start = start >= 0 ? -1 : at + 1;
            }
        }
        return elements;
    }

    private static String[] words(String text, char separator) {
        List<String> words = new ArrayList<>(8);
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            words.add(text.substring(start, end));
            start = end + 1;
        }
        words.add(text.substring(start));
        return words.toArray(String[]::new);
    }

    private static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : words(list, ',')) {
            numbers.add(Integer.parseInt(number));
        }
        return List.copyOf(numbers);
    }
}
