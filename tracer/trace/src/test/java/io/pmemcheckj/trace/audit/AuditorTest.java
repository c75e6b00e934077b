package io.pmemcheckj.trace.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.text.TextTraceWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test changes a real file, tells the auditor some of it, and looks what it calls unexplained. */
class AuditorTest {
    private static final long BASE = 0x7f0000000000L;
    private static final int SIZE = 3 << 20;

    @TempDir
    Path folder;

    private Path file;
    private long device;
    private long inode;
    private final StringBuilder told = new StringBuilder();
    private Auditor auditor;

    @BeforeEach
    void create() throws IOException {
        file = folder.resolve("data");
        byte[] content = new byte[SIZE];
        new Random(7).nextBytes(content);
        Files.write(file, content);
        Map<String, Object> identity = Files.readAttributes(file, "unix:dev,ino");
        device = (long) identity.get("dev");
        inode = (long) identity.get("ino");
        auditor = new Auditor(new TextTraceWriter(told), List.of(Files.createDirectory(folder.resolve("scratch"))));
        auditor.property("pid", Long.toString(ProcessHandle.current().pid()));
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        auditor.close();
        try (var files = Files.list(folder.resolve("scratch"))) {
            assertEquals(0, files.count());
        }
    }

    private void map(long address, long length, long offset) {
        auditor.map(1, 0, address, length, device, inode, offset, 0, file.toString());
    }

    /** Writes to the file as a program would by a store that the tracer sees. */
    private void store(long offset, long value, int length) throws IOException {
        write(offset, value, length);
        tell(offset, value, length);
    }

    private void tell(long offset, long value, int length) {
        auditor.store(1, 0, StoreKind.PLAIN, BASE + offset, length, 1);
        auditor.value(1, BASE + offset, length, value);
    }

    private void write(long offset, long value, int length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            for (int i = 0; i < length; i++) {
                open.write((int) (value >>> 8 * i));
            }
        }
    }

    private List<String> end() {
        auditor.end();
        return told.toString()
                .replace("device=" + device + " inode=" + inode + " ", "")
                .lines()
                .toList();
    }

    @Test
    void whatIsStoredIsExplained() throws IOException {
        map(BASE, SIZE, 0);
        store(16, 0x1122334455667788L, 8);
        store(3, 0xff, 1);
        store(SIZE - 5, 0x1234, 5);
        assertEquals(List.of("audited length=" + SIZE), end());
    }

    @Test
    void whatIsWrittenToAnotherFileIsOfNoConcern() throws IOException {
        map(BASE, SIZE, 0);
        write(500, 0x11, 8);
        auditor.fileStore(1, 0, device, inode, 500, 8, false);
        auditor.value(1, 500, 8, 0x11);
        auditor.fileStore(1, 0, device, inode + 1, 16, 8, false);
        auditor.value(1, 16, 8, 0x22);
        assertEquals(List.of("audited length=" + SIZE), end());
    }

    @Test
    void aByteThatNobodyToldOfIsNot() throws IOException {
        map(BASE, SIZE, 0);
        store(1000, 0, 8);
        write(1003, 0xee, 1);
        assertEquals(List.of("untraced-write offset=1003 length=1 \"00\" \"ee\"", "audited length=" + SIZE), end());
    }

    @Test
    void aStoreThatNeverHappenedIsSeenToo() throws IOException {
        write(2000, 0, 8);
        map(BASE, SIZE, 0);
        tell(2000, 0x0102030405060708L, 8);
        assertEquals("untraced-write offset=2000 length=8 \"0807060504030201\" \"0000000000000000\"", end().get(0));
    }

    @Test
    void differencesNearEachOtherAreOneAndAcrossBlocksToo() throws IOException {
        for (long at = (1 << 20) - 12; at < (1 << 20) + 12; at += 8) {
            write(at, 0, 8);
        }
        map(BASE, SIZE, 0);
        write((1 << 20) - 12, 1, 1);
        write((1 << 20) - 4, 0xffffffffffffffffL, 8);
        write((1 << 20) + 500_000, ~0L, 1);
        List<String> lines = end();
        assertEquals(3, lines.size(), lines::toString);
        assertEquals(
                "untraced-write offset=1048564 length=16 \"" + "00".repeat(16) + "\" \"01" + "00".repeat(7)
                        + "ff".repeat(8) + "\"",
                lines.get(0));
    }

    @Test
    void onlyWhatWasMappedCounts() throws IOException {
        map(BASE, 4096, 8192);
        write(0, ~0L, 8);
        write(8192 + 4096, ~0L, 8);
        assertEquals(List.of("audited length=4096"), end());
    }

    @Test
    void aSecondMappingShowsTheSameFile() throws IOException {
        map(BASE, 4096, 0);
        map(BASE + (1 << 20), 8192, 0);
        write(100, 42, 8);
        auditor.store(1, 0, StoreKind.PLAIN, BASE + (1 << 20) + 100, 8, 1);
        auditor.value(1, BASE + (1 << 20) + 100, 8, 42);
        assertEquals(List.of("audited length=8192"), end());
    }

    @Test
    void aValueAcrossTwoMappingsIsSplit() throws IOException {
        map(BASE, 4096, 0);
        map(BASE + 4096, 4096, 8192); // the next page shows another part of the file
        write(4092, 0x44332211L, 4);
        write(8192, 0x88776655L, 4);
        auditor.store(1, 0, StoreKind.PLAIN, BASE + 4092, 8, 1);
        auditor.value(1, BASE + 4092, 8, 0x8877665544332211L);
        assertEquals(List.of("audited length=8192"), end());
    }

    @Test
    void writesThroughDescriptorsAreExplainedWithAndWithoutTheirBytes() throws IOException {
        map(BASE, SIZE, 0);
        write(500, 0x31, 8);
        auditor.fileStore(1, 0, device, inode, 500, 8, false);
        auditor.fileStore(1, 0, device, inode, 600, 8, true);
        auditor.value(1, 600, 8, 0x32);
        write(600, 0x32, 8);
        store(500, 0x33, 1); // a store again: its value has an address
        assertEquals(List.of("audited length=" + SIZE), end());
    }

    @Test
    void aFileThatIsCutAndGrowsAgainHoldsZeros() throws IOException {
        map(BASE, SIZE, 0);
        store(SIZE - 8, 77, 8);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(SIZE / 2);
            auditor.fileSize(1, 0, device, inode, SIZE / 2);
            open.setLength(SIZE + 4096);
            auditor.fileSize(1, 0, device, inode, SIZE + 4096);
        }
        map(BASE, SIZE + 4096, 0);
        store(SIZE + 100, 78, 8);
        assertEquals(List.of("audited length=" + (SIZE + 4096)), end());
    }

    @Test
    void aDeletedFileIsComparedWhenItsMappingGoes() throws IOException {
        map(BASE, SIZE, 0);
        write(0, 0, 8);
        tell(0, 1, 8);
        Files.delete(file);
        auditor.unmap(1, 0, BASE, SIZE);
        assertTrue(told.toString().contains("untraced-write"), told::toString);
    }

    @Test
    void aPartOfAMappingCanGo() throws IOException {
        map(BASE, SIZE, 0);
        auditor.unmap(1, 0, BASE + 4096, 4096);
        store(100, 5, 8);
        store(9000, 6, 8);
        assertEquals(List.of("audited length=" + SIZE), end());
    }

    @Test
    void whatCannotBeStoredThroughIsLeftAlone() {
        auditor.map(1, 0, BASE, SIZE, device, inode, 0, MapFlags.READ_ONLY, file.toString());
        auditor.map(1, 0, BASE, SIZE, device, inode, 0, MapFlags.PRIVATE, file.toString());
        auditor.map(1, 0, BASE, SIZE, 0, 0, 0, MapFlags.REGISTERED, "registered memory");
        assertEquals(List.of(), end());
    }

    @Test
    void aFileThatCannotBeCopiedIsAGap() {
        auditor.map(
                1,
                0,
                BASE,
                SIZE,
                device,
                inode + 1,
                0,
                0,
                folder.resolve("no such file").toString());
        assertEquals(
                List.of("gap \"the audit has no copy of " + folder.resolve("no such file")
                        + ": it is not at its path any more\""),
                end());
    }

    @Test
    void copiesFilesOfAnySize() throws IOException {
        for (int size : new int[] {0, 1, 4097, 1 << 20, (1 << 20) + 1}) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            Path from = Files.write(folder.resolve("from"), content);
            Path to = Files.write(folder.resolve("to"), "what was there before".getBytes(StandardCharsets.US_ASCII));
            FileCopy.make(from, to);
            assertArrayEquals(content, Files.readAllBytes(to), () -> "size " + content.length);
        }
    }

    @Test
    void anImageTakesStoresBeforeAndAfterItWasCut() throws IOException {
        Path sparse = folder.resolve("data2");
        try (RandomAccessFile open = new RandomAccessFile(sparse.toFile(), "rw")) {
            open.setLength(64 << 20);
        }
        try (Image image = Image.of(sparse, List.of(folder.resolve("scratch")))) {
            image.put((32 << 20) + 4092, 8, 0x1122334455667788L);
            image.resize(32 << 20);
            image.resize(64 << 20);
            ByteBuffer read = ByteBuffer.allocate(16);
            image.read(read, (32 << 20) + 4088);
            assertEquals(ByteBuffer.allocate(16), read);
            image.put((32 << 20) + 4092, 8, 0x1122334455667788L);
            image.read(read.clear(), (32 << 20) + 4092);
            assertEquals(0x8877665544332211L, read.getLong());
        }
    }

    @Test
    void holesStayHoles() throws IOException {
        Path sparse = folder.resolve("sparse");
        try (RandomAccessFile open = new RandomAccessFile(sparse.toFile(), "rw")) {
            open.setLength(1L << 32);
            open.seek(3L << 30);
            open.write("end".getBytes(StandardCharsets.US_ASCII));
        }
        Path copy = folder.resolve("copy");
        FileCopy.make(sparse, copy);
        assertEquals(1L << 32, Files.size(copy));
        // Room for 512-byte blocks that stat counts; a file system without holes would need 8 million.
        long blocks = Long.parseLong(new String(
                        new ProcessBuilder("stat", "-c", "%b", copy.toString())
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        StandardCharsets.US_ASCII)
                .trim());
        assertTrue(blocks < 10_000, "blocks: " + blocks);
        Files.delete(copy);
        Files.delete(sparse);
    }
}
