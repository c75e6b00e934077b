package io.pmemcheckj.samples.crash_linked_list;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

// crash: --check-class io.pmemcheckj.samples.crash_linked_list.Check
/** Moves the head away before it clears the node. */
public final class Fixed {
    static final int HEAD = 0;
    static final int NODE_SIZE = 512; // a sector
    static final int VALUE = 8;

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = folder.resolve("linked-list.dat"); // stays there: what a crash leaves of it is the point
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                FileChannel names = FileChannel.open(folder)) {
            MappedByteBuffer list = channel.map(MapMode.READ_WRITE, 0, 4096);
            channel.force(true);
            names.force(true);
            for (int i = 1; i <= 3; i++) {
                insert(list, i * NODE_SIZE, i);
                PmemCheck.marker("inserted " + i);
            }
            removeFirst(list);
            PmemCheck.marker("removed 3");
        }
    }

    private static void insert(MappedByteBuffer list, int node, long value) {
        list.putLong(node, list.getLong(HEAD));
        list.putLong(node + VALUE, value);
        list.force(node, 16);
        list.putLong(HEAD, node);
        list.force(HEAD, 8);
    }

    private static void removeFirst(MappedByteBuffer list) {
        int first = (int) list.getLong(HEAD);
        long second = list.getLong(first);
        list.putLong(HEAD, second);
        list.force(HEAD, 8);
        list.putLong(first, 0);
        list.force(first, 8);
    }
}
