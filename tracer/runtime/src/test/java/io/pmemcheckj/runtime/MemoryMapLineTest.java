package io.pmemcheckj.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryMapLineTest {
    private static MemoryMapLine parse(String rest) {
        return MemoryMapLine.parse("7f0e8c000000-7f0e8c021000 " + rest);
    }

    @ParameterizedTest
    @CsvSource({
        "true, rw-p 00000000 00:00 0",
        "true, rw-p 00000000 00:00 0                          [heap]",
        "true, rw-p 00000000 00:00 0                          [stack]",
        "true, r-xp 00001000 08:02 1234                       /usr/lib/libc.so.6",
        "true, rw-p 00001000 08:02 1234                       /data/copy-on-write",
        "true, rw-s 00000000 08:02 1234                       /tmp/memkind.x (deleted)",
        "true, rw-s 00000000 00:01 1234                       /memfd:pool (deleted)",
        "true, rw-s 00000000 00:01 1234                       /SYSV00000000 (deleted)",
        "true, rw-s 00000000 00:01 1234                       /dev/zero (deleted)",
        "false, rw-s 00001000 08:02 1234                      /data/segment",
        "false, rw-s 00000000 00:05 77                        /dev/dax0.0",
        "false, ---p 00000000 00:00 0",
        "false, r--p 00000000 00:00 0                         [vvar]",
        "false, r-xp 00000000 00:00 0                         [vdso]"
    })
    void volatileMemoryHasNoNameAnymore(boolean expected, String rest) {
        assertEquals(expected, parse(rest).isVolatile());
    }

    @ParameterizedTest
    @CsvSource({
        "true, rw-s 00001000 08:02 1234 /data/with blanks",
        "true, rw-s 00000000 00:05 77 /dev/dax0.0",
        "true, rw-s 00000000 00:18 77 /dev/shm/segment",
        "false, rw-s 00000000 00:05 77 /dev/nvidia0",
        "false, r--s 00001000 08:02 1234 /data/segment",
        "false, rw-p 00001000 08:02 1234 /data/segment",
        "false, rw-s 00001000 08:02 1234 /tmp/memkind.x (deleted)",
        "false, rw-s 00000000 00:01 1234 /memfd:pool (deleted)",
        "false, rw-s 00001000 08:02 1234 /tmp/hsperfdata_me/1"
    })
    void aSegmentIsAFileThatCanBeFoundAgain(boolean expected, String rest) {
        assertEquals(expected, parse(rest).isSharedFile());
    }
}
