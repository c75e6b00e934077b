import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Keeps addresses of volatile memory in a mapped file.
 *
 * <p>Arguments: folder, how often.
 */
public final class ForeignMemkind {
    private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup("libmemkind.so.0", Arena.global());
    private static final MethodHandle MALLOC =
            Native.bind(LIBRARY, "memkind_malloc", Native.POINTER, Native.POINTER, Native.SIZE);
    private static final MethodHandle FREE = Native.bind(LIBRARY, "memkind_free", null, Native.POINTER, Native.POINTER);

    private ForeignMemkind() {}

    public static void main(String[] args) throws Throwable {
        MemorySegment kind = LIBRARY.find("MEMKIND_DEFAULT").orElseThrow().reinterpret(8).get(ADDRESS, 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mapped = Native.map(arena, args[0] + "/pointers" + args[1], 8192);
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                MemorySegment block = ((MemorySegment) MALLOC.invokeExact(kind, 64L)).reinterpret(64);
                block.set(JAVA_LONG, 0, i); // volatile memory itself is of no concern
                mapped.set(JAVA_LONG, 0, block.address()); // finds: volatile-pointer bytes=8
                mapped.set(ADDRESS, 64, block); // finds: volatile-pointer bytes=8
                mapped.set(JAVA_LONG, 128, mapped.address() + 4096); // an address, but of the file itself
                mapped.set(JAVA_LONG, 192, block.address() - mapped.address()); // a difference
                mapped.set(JAVA_LONG, 256, System.nanoTime());
                Native.check((int) Native.MSYNC.invokeExact(mapped, 8192L, 4) == 0, "msync");
                FREE.invokeExact(kind, block);
            }
            System.out.println(mapped.get(JAVA_LONG, 128) - mapped.address());
            Native.unmap(mapped);
        }
    }
}
