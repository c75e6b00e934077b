package io.pmemcheckj.samples.crash_btree_split;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The tree has the keys whose insertion was acknowledged, at most the next one more, each where a search looks for it. */
public final class Check implements CrashCheck {

    @Override
    public void check(CrashImage image) throws IOException {
        ByteBuffer file = image.map("btree.dat");
        List<String> found = new ArrayList<>();
        collect(file, (int) file.getLong(Node.ROOT), Long.MIN_VALUE, Long.MAX_VALUE, found);
        List<String> acknowledged = image.markers();
        int more = found.size() - acknowledged.size();
        if (more < 0 || more > 1 || !found.subList(0, acknowledged.size()).equals(acknowledged)) {
            throw new IllegalStateException(acknowledged + ", but the tree has " + found);
        }
    }

    private static void collect(ByteBuffer file, int at, long from, long to, List<String> found) {
        Node node = Node.read(file, at);
        long low = from;
        for (int i = 0; i < node.keys().size(); i++) {
            long key = node.keys().get(i);
            if (key < low || key >= to) {
                throw new IllegalStateException("key " + key + " is where keys from " + low + " to " + to + " belong");
            }
            if (node.isLeaf()) {
                found.add("inserted " + key);
            } else {
                collect(file, Math.toIntExact(node.children().get(i)), low, key, found);
            }
            low = key;
        }
        if (!node.isLeaf()) {
            collect(file, Math.toIntExact(node.children().get(node.keys().size())), low, to, found);
        }
    }
}
