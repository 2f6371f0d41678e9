package org.gajah.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Disk;
import org.gajah.base.DiskFile;
import org.gajah.base.Slice;

/**
 * The two superblocks, written in turn; the valid one with the higher number is the state of the database.
 *
 * <p>A superblock, little-endian: magic (8), crc32c of what follows the crc (4), format (4), number (8), length of the directory (4), crc32c of
 * the directory (4), number of its blocks (4), their numbers (4 each). The directory is bytes of the store's.
 */
public final class Superblocks {
    public static final String FILE_NAME = "data";
    private static final String NEW_NAME = "data.new";
    private static final long MAGIC = 0x31424448414A4147L;
    private static final int FORMAT = 2;
    private static final int HEADER = 40;

    private final BlockFile file;
    private long number;
    private List<Integer> directoryBlocks = List.of();

    Superblocks(BlockFile file) {
        this.file = file;
    }

    /** Makes the data file, with an empty directory, if there is none; afterwards it is whole and durable. */
    public static DiskFile create(Disk disk) {
        if (disk.exists(NEW_NAME)) {
            disk.delete(NEW_NAME);
        }
        DiskFile file = disk.create(NEW_NAME);
        ByteBuffer both = ByteBuffer.allocate(2 * Memory.PAGE_SIZE);
        both.put(build(1, Slice.EMPTY, List.of()));
        file.write(0, both.clear());
        file.force();
        disk.rename(NEW_NAME, FILE_NAME);
        disk.syncDirectory();
        return file;
    }

    private static ByteBuffer build(long number, Slice directory, List<Integer> blocks) {
        ByteBuffer block = ByteBuffer.allocate(Memory.PAGE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        crc.update(directory.array(), directory.offset(), directory.length());
        block.putLong(MAGIC).putInt(0).putInt(FORMAT).putLong(number).putInt(directory.length())
                .putInt((int) crc.getValue()).putInt(blocks.size());
        if (blocks.size() > (Memory.PAGE_SIZE - HEADER) / 4) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "the database has too many pages");
        }
        blocks.forEach(block::putInt);
        crc.reset();
        crc.update(block.clear().position(12));
        block.putInt(8, (int) crc.getValue());
        return block.clear();
    }

    /** The number of the last checkpoint, as far as the log notes it. */
    public int number() {
        return (int) number;
    }

    int directoryBlockCount() {
        return directoryBlocks.size();
    }

    /** The directory of the current state. */
    public byte[] read() {
        Optional<ByteBuffer> newest = Optional.empty();
        for (int i = 0; i < 2; i++) {
            Optional<ByteBuffer> block = valid(i);
            if (block.isPresent() && (newest.isEmpty() || block.get().getLong(16) > newest.get().getLong(16))) {
                newest = block;
            }
        }
        if (newest.isEmpty()) {
            throw new SqlError(SqlState.DATA_CORRUPTED, "the data file has no valid superblock");
        }
        return readDirectory(newest.get());
    }

    private Optional<ByteBuffer> valid(int slot) {
        ByteBuffer block = ByteBuffer.allocate(Memory.PAGE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        int n = file.readRaw(slot, block);
        CRC32C crc = new CRC32C();
        crc.update(block.clear().position(12));
        block.clear();
        if (n < Memory.PAGE_SIZE || block.getLong(0) != MAGIC || block.getInt(8) != (int) crc.getValue()) {
            return Optional.empty();
        }
        if (block.getInt(12) != FORMAT) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "database files are incompatible with server: the data file has format " + block.getInt(12)
                    + ", this server reads format " + FORMAT);
        }
        return Optional.of(block);
    }

    private byte[] readDirectory(ByteBuffer superblock) {
        number = superblock.getLong(16);
        int length = superblock.getInt(24);
        int count = superblock.getInt(32);
        byte[] directory = new byte[count * Memory.PAGE_SIZE];
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int block = superblock.getInt(36 + i * 4);
            blocks.add(block);
            file.claim(block);
            file.readRaw(block, ByteBuffer.wrap(directory, i * Memory.PAGE_SIZE, Memory.PAGE_SIZE));
        }
        CRC32C crc = new CRC32C();
        crc.update(directory, 0, length);
        if ((int) crc.getValue() != superblock.getInt(28)) {
            throw new SqlError(SqlState.DATA_CORRUPTED, "the directory of the data file is damaged");
        }
        directoryBlocks = blocks;
        return java.util.Arrays.copyOf(directory, length);
    }

    /** Makes everything written so far, with this directory, the state of the database. */
    public void write(Slice directory) {
        List<Integer> blocks = new ArrayList<>();
        try {
            for (int at = 0; at < directory.length(); at += Memory.PAGE_SIZE) {
                int block = file.allocate();
                blocks.add(block);
                ByteBuffer bytes = ByteBuffer.allocate(Memory.PAGE_SIZE);
                bytes.put(directory.array(), directory.offset() + at, Math.min(Memory.PAGE_SIZE, directory.length() - at));
                file.writeRaw(block, bytes.clear());
            }
            ByteBuffer superblock = build(number + 1, directory, blocks);
            file.force();
            file.writeRaw((int) (number % 2), superblock);
        } catch (RuntimeException | Error e) {
            blocks.forEach(file::free);
            throw e;
        }
        file.force();
        number++;
        directoryBlocks.forEach(file::free);
        directoryBlocks = blocks;
    }
}
