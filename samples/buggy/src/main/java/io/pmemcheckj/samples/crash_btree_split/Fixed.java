package io.pmemcheckj.samples.crash_btree_split;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
// crash: --check-class io.pmemcheckj.samples.crash_btree_split.Check
/** Leaves the full node where it is until a new parent has both halves: one pointer makes them visible. */
public final class Fixed {
    private final MappedByteBuffer file;
    private int end; // behind the last node in use

    private Fixed(MappedByteBuffer file) {
        this.file = file;
        this.end = Node.end(file);
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = folder.resolve("btree.dat"); // stays there: what a crash leaves of it is the point
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                FileChannel names = FileChannel.open(folder)) {
            MappedByteBuffer map = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            channel.force(true);
            names.force(true);
            Fixed tree = new Fixed(map);
            for (long key = 10; key <= 60; key += 10) {
                tree.insert(key);
                PmemCheck.marker("inserted " + key);
            }
        }
    }

    private void insert(long key) {
        Split split = insert(Node.ROOT, key);
        if (split != null) {
            point(Node.ROOT, write(Node.root(split)));
        }
    }

    /**
     * Inserts below the node that a pointer leads to.
     *
     * @return what the parent has to take up in the node's place; null when there is nothing left to do
     */
    private Split insert(int pointer, long key) {
        int at = (int) file.getLong(pointer);
        Node node = Node.read(file, at);
        Node grown;
        if (node.isLeaf()) {
            grown = node.with(key);
        } else {
            int child = node.childFor(key);
            Split below = insert(at + Node.pointer(child), key);
            if (below == null) {
                return null;
            }
            grown = node.with(child, below);
        }
        if (grown.fits()) {
            point(pointer, write(grown));
            return null;
        }
        Split split = new Split(write(grown.left()), grown.middle(), write(grown.right()));
        return split;
    }

    private void point(int pointer, int node) {
        file.putLong(pointer, node);
        file.force(pointer, 8);
    }

    private int write(Node node) {
        int at = end;
        node.write(file, at);
        file.force(at, Node.SIZE);
        end = at + Node.SIZE;
        return at;
    }
}
