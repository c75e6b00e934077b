import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A native function that nobody has described writes to the mapping. */
public final class ForeignWriter {
    private ForeignWriter() {}

    public static void main(String[] args) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle swab = linker.downcallHandle(
                linker.defaultLookup().find("swab").orElseThrow(),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(
                        Path.of(args[0]).resolve("foreign.dat"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            MemorySegment map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096, arena);
            map.set(ValueLayout.JAVA_LONG, 0, 1);
            swab.invokeExact(arena.allocateFrom("ab"), map.asSlice(128), 2L);
            map.force();
            System.out.println(map.get(ValueLayout.JAVA_BYTE, 128));
        }
    }
}
