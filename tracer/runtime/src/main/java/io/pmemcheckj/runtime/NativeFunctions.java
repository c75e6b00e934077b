package io.pmemcheckj.runtime;

import java.util.HashMap;

/**
 * The native functions that are known to store, flush, map or unmap: one a line, its name and what it does, see
 * {@link NativeEvent}.
 *
 * <p>Bits of flags: msync 4 is MS_SYNC; of libpmem's copies 0x21 is NODRAIN and NOFLUSH, which implies it, 0xa is
 * NONTEMPORAL and WC, which write past the caches, and 0x2a are those that leave nothing to flush or flush nothing.
 * Without a flag libpmem chooses by size: as a store that it then flushes its copy is as durable either way.
 *
 * <p>The functions that libpmem2 gives out (pmem2_get_persist_fn and so on) get names that no symbol has. A map takes its
 * granularity from the one that its configuration requires, noted as less than 0 for cache lines and bytes and 0 for
 * pages, where a flush is an msync and nothing is left to drain; one more than a map's address stands for its memory.
 *
 * <p>An unmap is recorded before the call, because other threads may map at the same place right after; where the call
 * fails the mapping is looked up again.
 */
final class NativeFunctions {
    private static final String TABLE = """
            memset call, store arg0 arg2
            memcpy call, store arg0 arg2
            memmove call, store arg0 arg2
            mempcpy call, store arg0 arg2
            memccpy call, store arg0 ret-arg0 if ret, store arg0 arg3 unless ret
            strcpy call, store arg0 string[arg0]
            stpcpy call, store arg0 ret-arg0+1
            strncpy call, store arg0 arg2
            stpncpy call, store arg0 arg2
            bzero call, store arg0 arg1
            explicit_bzero call, store arg0 arg1
            bcopy call, store arg1 arg2
            read call, receive arg1 ret
            pread call, receive arg1 ret
            pread64 call, receive arg1 ret
            readv call, receivev arg1 arg2 ret
            preadv call, receivev arg1 arg2 ret
            recv call, receive arg1 ret
            recvfrom call, receive arg1 ret
            write call, written arg0 arg1 ret -1
            pwrite call, written arg0 arg1 ret arg3
            pwrite64 call, written arg0 arg1 ret arg3
            ftruncate call, resized arg0 arg1 ret
            ftruncate64 call, resized arg0 arg1 ret
            mmap call, mmap ret arg1 arg2 arg3 arg4 arg5
            mmap64 call, mmap ret arg1 arg2 arg3 arg4 arg5
            munmap unmap arg0 arg1, call, map-at arg0 0 if ret
            mremap unmap arg0 arg1, call, map-at ret 0 if ret+1, map-at arg0 0 unless ret+1
            msync force arg0 arg1 if arg2&4, call
            fsync file-force arg0, call
            fdatasync file-force arg0, call
            dlsym call, symbol ret arg1 if ret
            pmem_map_file call, map-path ret long[arg4] arg0 int[arg5] if arg4, map-path ret arg1 arg0 int[arg5] unless arg4
            pmem_unmap unmap arg0 arg1, call, map-at arg0 0 if ret
            pmem_persist flush arg0 arg1, call, fence
            pmem_flush flush arg0 arg1, call
            pmem_drain call, fence
            pmem_msync force arg0 arg1, call
            pmem_deep_persist force arg0 arg1, call
            pmem_deep_flush flush arg0 arg1, call
            pmem_deep_drain force arg0 arg1, call
            pmem_memcpy call, ntstore arg0 arg2 if arg3&0xa, store arg0 arg2 unless arg3&0xa, flush arg0 arg2 unless arg3&0x2a, fence unless arg3&0x21
            pmem_memmove call, ntstore arg0 arg2 if arg3&0xa, store arg0 arg2 unless arg3&0xa, flush arg0 arg2 unless arg3&0x2a, fence unless arg3&0x21
            pmem_memset call, ntstore arg0 arg2 if arg3&0xa, store arg0 arg2 unless arg3&0xa, flush arg0 arg2 unless arg3&0x2a, fence unless arg3&0x21
            pmem_memcpy_persist call, store arg0 arg2, flush arg0 arg2, fence
            pmem_memmove_persist call, store arg0 arg2, flush arg0 arg2, fence
            pmem_memset_persist call, store arg0 arg2, flush arg0 arg2, fence
            pmem_memcpy_nodrain call, store arg0 arg2, flush arg0 arg2
            pmem_memmove_nodrain call, store arg0 arg2, flush arg0 arg2
            pmem_memset_nodrain call, store arg0 arg2, flush arg0 arg2
            pmem2_config_set_required_store_granularity call, note arg0 arg1-2 unless ret
            pmem2_map_new call, note long[arg0] noted[arg1] unless ret, note long[arg0]+1 0 unless ret
            pmem2_map_get_address call, map-at ret noted[arg0] unless noted[arg0+1], note arg0+1 ret
            pmem2_map_delete unmap-at noted[long[arg0]+1], call
            pmem2_deep_flush force arg1 arg2, call
            pmem2_get_persist_fn call, name ret pmem2:persist
            pmem2_get_flush_fn call, name ret pmem2:flush if noted[arg0], name ret pmem2:persist unless noted[arg0]
            pmem2_get_drain_fn call, name ret pmem2:drain if noted[arg0]
            pmem2_get_memcpy_fn call, name ret pmem_memcpy if noted[arg0], name ret pmem2:copy-to-pages unless noted[arg0]
            pmem2_get_memmove_fn call, name ret pmem_memmove if noted[arg0], name ret pmem2:copy-to-pages unless noted[arg0]
            pmem2_get_memset_fn call, name ret pmem_memset if noted[arg0], name ret pmem2:copy-to-pages unless noted[arg0]
            pmem2:persist force arg0 arg1, call
            pmem2:flush flush arg0 arg1, call
            pmem2:drain call, fence
            pmem2:copy-to-pages call, store arg0 arg2, forced arg0 arg2
            """;

    private static final HashMap<String, NativeFunction> BY_NAME = parse(TABLE);

    private NativeFunctions() {}

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException when a line has another form
     */
    static HashMap<String, NativeFunction> parse(String table) {
        HashMap<String, NativeFunction> functions = new HashMap<>();
        for (int from = 0; from < table.length(); ) {
            int to = table.indexOf('\n', from);
            int space = table.indexOf(' ', from);
            functions.put(table.substring(from, space), new NativeFunction(table.substring(space + 1, to)));
            from = to + 1;
        }
        return functions;
    }

    /** What the function of a name does, null when nothing is known of it. */
    static NativeFunction of(String name) {
        return BY_NAME.get(name);
    }
}
