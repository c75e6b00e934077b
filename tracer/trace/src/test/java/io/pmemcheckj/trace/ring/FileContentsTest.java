package io.pmemcheckj.trace.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.IgnoringVisitor;
import io.pmemcheckj.trace.MapFlags;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentsTest {
    @TempDir
    Path folder;

    private final FileContents contents =
            new FileContents(() -> ProcessHandle.current().pid());
    private final Told told = new Told();
    private Path file;
    private long device;
    private long inode;

    /** What was told, as the file it describes. */
    private static final class Told extends IgnoringVisitor {
        final List<String> gaps = new ArrayList<>();
        final ByteArrayOutputStream values = new ByteArrayOutputStream();
        long firstValue;
        byte[] content;
        int times;
        long bytes;

        @Override
        public void fileFound(long device, long inode, long length, String path) {
            content = new byte[(int) length];
            times++;
            bytes = 0;
        }

        @Override
        public void fileContent(long device, long inode, long offset, byte[] part) {
            assertTrue(part.length <= 4096, "a part has " + part.length + " bytes");
            System.arraycopy(part, 0, content, (int) offset, part.length);
            bytes += part.length;
        }

        @Override
        public void value(int thread, long at, int length, long bytes) {
            assertEquals(values.size(), at - firstValue);
            for (int i = 0; i < length; i++) {
                values.write((int) (bytes >>> 8 * i));
            }
        }

        @Override
        public void gap(String reason) {
            gaps.add(reason);
        }
    }

    @BeforeEach
    void create() throws Exception {
        file = Files.createFile(folder.resolve("file"));
        device = (long) Files.getAttribute(file, "unix:dev");
        inode = (long) Files.getAttribute(file, "unix:ino");
    }

    private void map(int flags) {
        contents.mapped(told, device, inode, flags, file.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, (1 << 20) + 5, (16 << 20) - 1, (16 << 20) + 12_345})
    void isTheFileWithoutItsHoles(int length) throws Exception {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(length);
            Random random = new Random(length);
            byte[] record = new byte[100];
            for (int i = 0; i < 50 && length > record.length; i++) {
                random.nextBytes(record);
                sparse.seek(random.nextInt(length - record.length));
                sparse.write(record);
            }
            if (length > 0) {
                sparse.seek(length - 1);
                sparse.write(1);
            }
        }
        map(0);
        assertArrayEquals(Files.readAllBytes(file), told.content);
        assertTrue(told.bytes <= 51 * 2 * 4096, told.bytes + " bytes told");
    }

    @Test
    void isToldOnceUnlessItGrewByOtherMeans() throws Exception {
        map(0);
        contents.written(device, inode, 10);
        Files.write(file, new byte[10]);
        map(0);
        contents.resized(device, inode, 20);
        Files.write(file, new byte[20]);
        map(0);
        assertEquals(1, told.times);
        Files.write(file, new byte[21]);
        map(0);
        assertEquals(2, told.times);
        assertEquals(21, told.content.length);
    }

    @Test
    void isToldOnceBeforeItIsChangedAndAgainWhenAnotherGetsItsInode() throws Exception {
        Files.write(file, new byte[] {1, 2, 3});
        contents.found(told, device, inode, false, file.toString());
        assertArrayEquals(new byte[] {1, 2, 3}, told.content);
        Files.write(file, new byte[] {4, 5, 6, 7}); // and its events are not delivered yet
        contents.found(told, device, inode, false, file.toString());
        assertEquals(1, told.times);
        contents.found(told, device, inode, true, file.toString());
        assertEquals(2, told.times);
        assertEquals(0, told.content.length);
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "3, 8", "4093, 10", "5000, 1", "1048570, 20", "7, 2097160", "2999000, 1000"})
    void whatTheKernelCopiedIsToldAsValues(int offset, int length) throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(offset).nextBytes(bytes);
        contents.found(told, device, inode, true, file.toString());
        Files.write(file, bytes);
        told.firstValue = offset;
        contents.copied(told, 1, device, inode, offset, length);
        assertArrayEquals(Arrays.copyOfRange(bytes, offset, offset + length), told.values.toByteArray());
        assertEquals(List.of(), told.gaps);
    }

    @Test
    void isNotToldWhereTheProgramCannotChangeIt() {
        map(MapFlags.READ_ONLY);
        map(MapFlags.PRIVATE);
        map(MapFlags.REGISTERED);
        assertEquals(0, told.times);
    }

    @Test
    void isAGapWhereItCannotBeRead() throws Exception {
        Files.delete(file);
        map(0);
        map(0);
        assertEquals(1, told.gaps.size());
        assertTrue(told.gaps.get(0).contains(file.toString()), told.gaps.get(0));
    }
}
