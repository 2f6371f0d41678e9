package org.gajah.page;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.zip.CRC32C;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.DiskException;
import org.gajah.base.DiskFile;
import org.gajah.base.FailureLatch;

/**
 * The data file: blocks of a page's size, of which the first two are the superblocks and the others are handed out as pages are written.
 *
 * <p>Each page image carries a checksum and says whose it is: crc32c of the rest (0), page number (4), relation (8), database (12).
 */
final class BlockFile {
    static final int FIRST_BLOCK = 2;

    private final DiskFile file;
    private final FailureLatch failures;
    private final BitSet used = new BitSet();
    private int lowestFree = FIRST_BLOCK;

    BlockFile(DiskFile file, FailureLatch failures) {
        this.file = file;
        this.failures = failures;
        used.set(0, FIRST_BLOCK);
    }

    synchronized int allocate() {
        int block = used.nextClearBit(lowestFree);
        used.set(block);
        lowestFree = block + 1;
        return block;
    }

    synchronized void free(int block) {
        if (block < FIRST_BLOCK || !used.get(block)) {
            throw new IllegalStateException("block " + block + " is free already");
        }
        used.clear(block);
        lowestFree = Math.min(lowestFree, block);
    }

    /** Notes a block as in use, when the file is opened. */
    synchronized void claim(int block) {
        if (block < FIRST_BLOCK || used.get(block)) {
            throw new SqlError(SqlState.DATA_CORRUPTED, "block " + block + " of the data file is used twice");
        }
        used.set(block);
    }

    synchronized int usedBlocks() {
        return used.cardinality();
    }

    /** Writes a page's bytes as the image of {@code page} to a block. The first 16 bytes at {@code address} are overwritten. */
    void write(Page page, long address, int block) {
        Memory.putInt(address, 4, page.number());
        Memory.putInt(address, 8, page.space().relation());
        Memory.putInt(address, 12, page.space().identity());
        ByteBuffer bytes = Memory.buffer(address);
        CRC32C crc = new CRC32C();
        crc.update(bytes.position(4));
        Memory.putInt(address, 0, (int) crc.getValue());
        writeRaw(block, bytes.position(0));
    }

    /** Writes a block; a full disk is 53100 and nothing has happened, any other failure ends the database. */
    void writeRaw(int block, ByteBuffer bytes) {
        failures.check();
        try {
            file.write((long) block * Memory.PAGE_SIZE, bytes);
        } catch (DiskException e) {
            if (e.isFull()) {
                throw new SqlError(SqlState.DISK_FULL, "could not extend the data file: No space left on device", e)
                        .hint("Check free disk space.");
            }
            throw failures.fail(e);
        }
    }

    /** Reads a page's image into memory; XX001 if it is damaged or another page's. */
    void read(Page page, long address, int block) {
        ByteBuffer bytes = Memory.buffer(address);
        int n = readRaw(block, bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes.position(4).limit(Memory.PAGE_SIZE));
        if (n != Memory.PAGE_SIZE || Memory.getInt(address, 0) != (int) crc.getValue()
                || Memory.getInt(address, 4) != page.number() || Memory.getInt(address, 8) != page.space().relation()
                || Memory.getInt(address, 12) != page.space().identity()) {
            throw new SqlError(SqlState.DATA_CORRUPTED, "invalid page in block " + page.number() + " of relation base/"
                    + Integer.toUnsignedString(page.space().database()) + "/"
                    + Integer.toUnsignedString(page.space().relation()));
        }
    }

    int readRaw(int block, ByteBuffer bytes) {
        try {
            return file.read((long) block * Memory.PAGE_SIZE, bytes);
        } catch (DiskException e) {
            throw new SqlError(SqlState.IO_ERROR, e.getMessage(), e);
        }
    }

    void force() {
        failures.check();
        try {
            file.force();
        } catch (RuntimeException e) {
            throw failures.fail(e);
        }
    }

    void close() {
        file.close();
    }
}
