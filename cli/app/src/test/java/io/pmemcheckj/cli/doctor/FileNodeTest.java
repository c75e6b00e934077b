package io.pmemcheckj.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNodeTest {

    @Test
    void thisMachinesNodes(@TempDir Path folder) throws IOException {
        Machine machine = Machine.here();
        assertEquals(new FileNode(FileNode.Kind.CHARACTER_DEVICE, 1, 3, 0), machine.node("/dev/null"));
        assertEquals(FileNode.Kind.FOLDER, machine.node(folder.toString()).kind());
        Path file = Files.writeString(folder.resolve("data"), "contents");
        assertEquals(new FileNode(FileNode.Kind.FILE, 0, 0, 8), machine.node(file.toString()));
    }

    @Test
    void largeNumbersOfDevices() {
        assertEquals("259:300", FileNode.of(0x6000, 0x11032cL, 0).device());
        assertEquals("4100:1", FileNode.of(0x6000, 0x100000000401L, 0).device());
    }
}
