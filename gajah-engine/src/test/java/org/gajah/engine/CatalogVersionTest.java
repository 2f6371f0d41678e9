package org.gajah.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.gajah.api.SqlError;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.SystemTable;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.settings.ServerSettings;
import org.gajah.store.ClusterStorage;
import org.gajah.table.CommitOptions;
import org.gajah.table.Sequence;
import org.gajah.table.Storage;
import org.gajah.table.StorageOptions;
import org.gajah.txn.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that another Gajah has made, with other catalogs or in another format, are refused. */
class CatalogVersionTest {
    /** Of what a new cluster gets. If it has changed, so must {@link Bootstrap#CATALOG_VERSION}, and then this. */
    private static final String FINGERPRINT = "202611221 cdbf8d6e";
    private static final int FORMAT_OFFSET = 12;
    private static final int BLOCK = 16384;

    @TempDir
    Path directory;

    private String refusal() {
        return assertThrows(SqlError.class, () -> Instance.open(SystemEnv.of(directory), new ServerSettings()).close()).getMessage();
    }

    private void change(Change change) {
        try (Storage storage = ClusterStorage.open(SystemEnv.of(directory), StorageOptions.DEFAULT, new BTreeMethod(), (t, committed) -> { })) {
            Transaction t = storage.begin();
            change.make(storage, t);
            storage.commit(t, CommitOptions.SYNCHRONOUS);
        }
    }

    @FunctionalInterface
    private interface Change {
        void make(Storage storage, Transaction t);
    }

    @Test
    void itsOwnAreOpenedAgain() {
        for (int i = 0; i < 3; i++) {
            Instance.open(SystemEnv.of(directory), new ServerSettings()).close();
        }
    }

    @Test
    void catalogsWithAnotherNumberAreRefused() {
        Instance.open(SystemEnv.of(directory), new ServerSettings()).close();
        change((storage, t) -> storage.putMetadata(t, "catalog version", Slice.of("202001011")));
        assertEquals("database files are incompatible with server: their catalog version is 202001011, this server's is " + Bootstrap.CATALOG_VERSION, refusal());
        assertEquals(refusal(), refusal());
    }

    @Test
    void catalogsFromBeforeTheNumberAreRefused() {
        change((storage, t) -> storage.createSequence(t, Bootstrap.OID_COUNTER, new Sequence.State(Bootstrap.FIRST_USER_OID, false)));
        assertEquals("database files are incompatible with server: their catalog version is none, this server's is " + Bootstrap.CATALOG_VERSION, refusal());
    }

    @Test
    void anotherFormatOfTheFilesIsRefused() throws Exception {
        Instance.open(SystemEnv.of(directory), new ServerSettings()).close();
        try (FileChannel file = FileChannel.open(directory.resolve("data"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int block = 0; block < 2; block++) {
                ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
                file.read(bytes, (long) block * BLOCK);
                bytes.put(FORMAT_OFFSET, (byte) 1);
                CRC32C crc = new CRC32C();
                crc.update(bytes.clear().position(FORMAT_OFFSET));
                bytes.clear().putInt(FORMAT_OFFSET - Integer.BYTES, Integer.reverseBytes((int) crc.getValue()));
                file.write(bytes, (long) block * BLOCK);
            }
        }
        assertEquals("database files are incompatible with server: the data file has format 1, this server reads format 2", refusal());
    }

    @Test
    void theNumberChangesWithTheCatalogs() {
        CRC32C sum = new CRC32C();
        List<String> files = new ArrayList<>(List.of("system_catalogs", "system_views", "information_schema.sql_features",
                "information_schema.sql_implementation_info", "information_schema.sql_parts", "information_schema.sql_sizing"));
        SystemTable.all().stream().map(SystemTable::name).filter(BootstrapRows::exist).forEach(files::add);
        for (String file : files) {
            sum.update(file.getBytes(StandardCharsets.UTF_8));
            BootstrapRows.of(file).forEach(row -> {
                for (Slice field : row) {
                    sum.update(field == null ? 0 : 1);
                    if (field != null) {
                        sum.update(field.toBytes());
                        sum.update('\t');
                    }
                }
            });
        }
        assertEquals(FINGERPRINT, Bootstrap.CATALOG_VERSION + " " + Long.toHexString(sum.getValue()), "a new number for other catalogs");
    }
}
