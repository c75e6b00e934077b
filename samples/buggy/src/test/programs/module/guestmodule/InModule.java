package guestmodule;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program in a named module that requires nothing but java.base. */
public final class InModule {
    private InModule() {}

    public static void main(String[] args) throws Exception {
        System.out.println("in " + InModule.class.getModule());
        Path file = Files.createTempFile(Path.of(args[0]), "module", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
            map.putLong(0, 1); // finds: unflushed-store bytes=8 occurrences=1
        }
    }
}
