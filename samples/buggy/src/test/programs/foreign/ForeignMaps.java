import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** Maps files by native calls: one that stays, and one whose name is removed before its memory is used. */
public final class ForeignMaps {
    private static final int SIZE = 4096;

    private ForeignMaps() {}

    public static void main(String[] args) throws Throwable {
        Path folder = Path.of(args[0]);
        try (Arena arena = Arena.ofConfined()) {
            store(Native.map(arena, folder.resolve("stays").toString(), SIZE));
            store(mapNameless(arena, folder.resolve("goes")));
        }
        System.out.println("done");
    }

    private static void store(MemorySegment mapped) throws Throwable {
        mapped.set(ValueLayout.JAVA_INT, 0, 1);
        Native.check((int) Native.MSYNC.invokeExact(mapped, mapped.byteSize(), 4) == 0, mapped); // MS_SYNC
    }

    private static MemorySegment mapNameless(Arena arena, Path path) throws Throwable {
        int file = (int) Native.OPEN.invokeExact(arena.allocateFrom(path.toString()), 2 | 0100, 0600);
        Native.check((int) Native.FTRUNCATE.invokeExact(file, (long) SIZE) == 0, path);
        Files.delete(path);
        MemorySegment mapped =
                (MemorySegment) Native.MMAP.invokeExact(MemorySegment.NULL, (long) SIZE, 3, 1, file, 0L);
        Native.check(mapped.address() != -1, path);
        return mapped.reinterpret(SIZE);
    }
}
