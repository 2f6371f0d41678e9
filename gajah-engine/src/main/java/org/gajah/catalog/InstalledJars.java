package org.gajah.catalog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.MemoryBudget;
import org.gajah.base.Slice;
import org.gajah.table.Storage;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;

/** The jars that a database's routines in Java come from: ordinary rows, the bytes apart from the names. */
public final class InstalledJars {
    private static final String JARS = "gajah_jar";
    private static final int BY_NAME = 9811;
    private static final String CONTENTS = "gajah_jar_content";
    private static final int CONTENT_BY_NAME = 9814;
    private static final int PG_CATALOG = 11;
    private static final long MOST_BYTES = 512L << 20;

    private InstalledJars() {
    }

    /** The jars' names with what tells their contents apart, in order of names. */
    public static Map<String, String> all(CatalogView catalog) {
        Map<String, String> jars = new TreeMap<>();
        if (catalog.relation(JARS, PG_CATALOG).isPresent()) {
            catalog.allRows(JARS).forEach(row -> jars.put(row.text("name"), row.text("digest")));
        }
        return jars;
    }

    /** A jar's bytes. */
    public static Optional<Slice> content(CatalogView catalog, String name) {
        return catalog.row(CONTENTS, CONTENT_BY_NAME, Slice.of(name)).map(row -> (Slice) row.get("content"));
    }

    /** Installs a jar, or puts it in another's place. */
    public static void install(Storage storage, int database, Transaction transaction, String name, Slice content) {
        remove(storage, database, transaction, name);
        CatalogWriter writer = new CatalogWriter(storage, database, transaction);
        writer.insert(JARS, Slice.of(name), Slice.of(digest(content)));
        writer.insert(CONTENTS, Slice.of(name), content);
    }

    /** Takes a jar away; false if there is none. */
    public static boolean remove(Storage storage, int database, Transaction transaction, String name) {
        Snapshot snapshot = transaction.acquireSnapshot();
        try {
            CatalogReader reader = new CatalogReader(storage, database);
            CatalogWriter writer = new CatalogWriter(storage, database, transaction);
            List<CatalogRow> rows = reader.lookup(snapshot, JARS, BY_NAME, Slice.of(name));
            rows.forEach(writer::delete);
            reader.lookup(snapshot, CONTENTS, CONTENT_BY_NAME, Slice.of(name)).forEach(writer::delete);
            return !rows.isEmpty();
        } finally {
            transaction.releaseSnapshot(snapshot);
        }
    }

    private static String digest(Slice content) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(content.array(), content.offset(), content.length());
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files in a jar by path; 22023 if it is none, 53200 if they are more than there is memory for. */
    public static Map<String, byte[]> files(String name, Slice content) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        long total = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(content.array(), content.offset(), content.length()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    byte[] bytes = in.readNBytes((int) (MOST_BYTES - total) + 1);
                    total += bytes.length;
                    if (total > MOST_BYTES) {
                        throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "the files in jar \"" + name + "\" are too large");
                    }
                    MemoryBudget.claim(bytes.length);
                    files.put(entry.getName(), bytes);
                }
            }
        } catch (IOException e) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "jar \"" + name + "\" cannot be read: " + e.getMessage(), e);
        }
        if (files.keySet().stream().noneMatch(f -> f.endsWith(".class"))) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "\"" + name + "\" is not a jar: there are no classes in it");
        }
        return files;
    }
}
