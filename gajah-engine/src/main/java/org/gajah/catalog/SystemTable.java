package org.gajah.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.data.SystemCatalogs;
import org.gajah.table.KeyEncoder;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.type.Codecs;
import org.gajah.type.Oids;
import org.gajah.type.Ordered;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** One system catalog: where its rows lie and how its index keys are made. Known before any catalog can be read. Immutable. */
public final class SystemTable {
    private static final class Loaded {
        static final Map<String, SystemTable> ALL = load();
    }

    /** One of its indexes. */
    record KeyIndex(int oid, int[] columns, boolean unique, KeyEncoder encoder) {
    }

    private final SystemCatalogs.Table descriptor;
    private final List<TypeCodec> codecs;
    private final RowLayout layout;
    private final Map<String, Integer> columnIndexes = new HashMap<>();
    private final Map<Integer, KeyIndex> indexes = new HashMap<>();
    private final int[] allAttributes;

    private SystemTable(SystemCatalogs.Table descriptor) {
        this.descriptor = descriptor;
        this.codecs = descriptor.columns().stream().map(c -> codec(c.type())).toList();
        this.layout = new RowLayout(codecs.stream().map(Layouts::attribute).toList());
        for (SystemCatalogs.Column column : descriptor.columns()) {
            columnIndexes.put(column.name(), column.number() - 1);
        }
        for (SystemCatalogs.Index index : descriptor.indexes()) {
            int[] columns = index.columns().stream().mapToInt(n -> n - 1).toArray();
            List<KeyEncoder.Part> parts = new ArrayList<>();
            for (int column : columns) {
                parts.add(new KeyEncoder.Part((Ordered) codecs.get(column), false, false));
            }
            indexes.put(index.oid(), new KeyIndex(index.oid(), columns, index.unique(), new KeyEncoder(parts)));
        }
        this.allAttributes = IntStream.range(0, codecs.size()).toArray();
    }

    /** A built-in type's codec; pseudo-types (anyarray) are kept as text. */
    private static TypeCodec codec(int type) {
        return Codecs.of(type).orElseGet(() -> Codecs.of(Oids.TEXT).orElseThrow());
    }

    private static Map<String, SystemTable> load() {
        Map<String, SystemTable> all = new HashMap<>();
        for (SystemCatalogs.Table table : SystemCatalogs.load().tables()) {
            all.put(table.name(), new SystemTable(table));
        }
        return all;
    }

    /** The catalog of this name. */
    public static SystemTable of(String name) {
        return Optional.ofNullable(Loaded.ALL.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
    }

    /** All of them. */
    public static List<SystemTable> all() {
        return List.copyOf(Loaded.ALL.values());
    }

    public int oid() {
        return descriptor.oid();
    }

    public String name() {
        return descriptor.name();
    }

    public boolean shared() {
        return descriptor.shared();
    }

    /** Where the rows lie. */
    public RelationId id(int database) {
        return new RelationId(shared() ? 0 : database, descriptor.oid());
    }

    /** Where an index lies. */
    public RelationId indexId(int database, int index) {
        return new RelationId(shared() ? 0 : database, index);
    }

    public RowLayout layout() {
        return layout;
    }

    public List<TypeCodec> codecs() {
        return codecs;
    }

    public int columnCount() {
        return codecs.size();
    }

    /** The place of a column in rows, from 0. */
    public int column(String name) {
        Integer index = columnIndexes.get(name);
        if (index == null) {
            throw new IllegalArgumentException("no column " + name + " in " + name());
        }
        return index;
    }

    int[] allAttributes() {
        return allAttributes;
    }

    List<KeyIndex> indexes() {
        return List.copyOf(indexes.values());
    }

    KeyIndex index(int oid) {
        KeyIndex index = indexes.get(oid);
        if (index == null) {
            throw new IllegalArgumentException("no index " + oid + " on " + name());
        }
        return index;
    }

    /** The index key of a row of a full batch. */
    Slice key(KeyIndex index, Batch rows, int row) {
        Vector[] columns = new Vector[index.columns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.column(index.columns[i]);
        }
        ByteSink out = new ByteSink();
        index.encoder.encode(columns, row, out);
        return Slice.of(out.toBytes());
    }

    /** The key's beginning for boxed values of its first columns. */
    Slice prefix(KeyIndex index, Object... values) {
        ByteSink out = new ByteSink();
        for (int i = 0; i < values.length; i++) {
            Vector one = Vector.of(codecs.get(index.columns[i]).carrier(), 1);
            one.set(0, values[i]);
            index.encoder.encodePart(i, one, 0, out);
        }
        return Slice.of(out.toBytes());
    }
}
