package io.pmemcheckj.samples.linked_list_insert;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --order {source}/order.yaml
/**
 * Puts nodes in front of a list, each with one force for the node and the head. A crash can leave a head that points
 * to a node without its successor: the rest of the list is lost.
 */
public final class Buggy {
    private static final int HEAD = 0;
    private static final int NODE_SIZE = 64;
    private static final int VALUE = 8;

    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "list", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer list = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            PmemCheck.label(list, HEAD, 8, "head");
            PmemCheck.label(list, NODE_SIZE, 3 * NODE_SIZE, "node");
            for (int i = 1; i <= 3; i++) {
                insert(list, i * NODE_SIZE, 100 + i);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void insert(MappedByteBuffer list, int node, long value) {
        list.putLong(node, list.getLong(HEAD));
        list.putLong(node + VALUE, value);
        list.putLong(HEAD, node); // finds: unordered-store bytes=8 occurrences=3
        list.force(HEAD, node + NODE_SIZE);
    }
}
