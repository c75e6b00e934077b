package io.pmemcheckj.trace.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.IgnoringVisitor;
import io.pmemcheckj.trace.MapFlags;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
