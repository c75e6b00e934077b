package io.pmemcheckj.samples.crash_btree_split;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A node of the tree. In the file it has 64 bytes: a head with the number of keys and whether it is a leaf, three keys, four
 * pointers to children; pointers are offsets in the file. The pointer to the root is at offset 0.
 *
 * @param children one more than keys; empty in a leaf
 */
record Node(List<Long> keys, List<Long> children) {
    static final int ROOT = 0;
    static final int SIZE = 64;
    private static final int KEYS = 8;
    private static final int MOST_KEYS = 3;
    private static final int CHILDREN = KEYS + MOST_KEYS * 8;
    private static final long INNER = 1L << 32;

    /** Offset within a node of its pointer to a child. */
    static int pointer(int child) {
        return CHILDREN + 8 * child;
    }

    /** The parent of two nodes alone. */
    static Node root(Split split) {
        return new Node(List.of(split.key()), List.of((long) split.left(), (long) split.right()));
    }

    /** Reads a node; where a pointer leads nowhere is an empty leaf. */
    static Node read(ByteBuffer file, int at) {
        if (at == 0) {
            return new Node(List.of(), List.of());
        }
        long head = file.getLong(at);
        int count = (int) head;
        return new Node(longs(file, at + KEYS, count), longs(file, at + CHILDREN, (head & INNER) == 0 ? 0 : count + 1));
    }

    private static List<Long> longs(ByteBuffer file, int at, int count) {
        List<Long> longs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            longs.add(file.getLong(at + 8 * i));
        }
        return longs;
    }

    void write(ByteBuffer file, int at) {
        file.putLong(at, keys.size() | (isLeaf() ? 0 : INNER));
        for (int i = 0; i < keys.size(); i++) {
            file.putLong(at + KEYS + 8 * i, keys.get(i));
        }
        for (int i = 0; i < children.size(); i++) {
            file.putLong(at + pointer(i), children.get(i));
        }
    }

    /** Where space begins that no node of the tree uses. */
    static int end(ByteBuffer file) {
        return end(file, (int) file.getLong(ROOT));
    }

    private static int end(ByteBuffer file, int at) {
        int end = at + SIZE;
        for (long child : read(file, at).children) {
            end = Math.max(end, end(file, (int) child));
        }
        return end;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    boolean fits() {
        return keys.size() <= MOST_KEYS;
    }

    int childFor(long key) {
        int child = 0;
        while (child < keys.size() && keys.get(child) <= key) {
            child++;
        }
        return child;
    }

    /** This leaf with one more key. */
    Node with(long key) {
        List<Long> more = new ArrayList<>(keys);
        more.add(key);
        Collections.sort(more);
        return new Node(more, children);
    }

    /** This inner node with two children in place of one. */
    Node with(int child, Split split) {
        List<Long> moreKeys = new ArrayList<>(keys);
        moreKeys.add(child, split.key());
        List<Long> moreChildren = new ArrayList<>(children);
        moreChildren.set(child, (long) split.left());
        moreChildren.add(child + 1, (long) split.right());
        return new Node(moreKeys, moreChildren);
    }

    /** The key that separates {@link #left} from {@link #right}. */
    long middle() {
        return keys.get(half());
    }

    Node left() {
        return new Node(keys.subList(0, half()), isLeaf() ? children : children.subList(0, half() + 1));
    }

    /** A leaf keeps the middle key, of an inner node it goes to the parent. */
    Node right() {
        int from = isLeaf() ? half() : half() + 1;
        return new Node(keys.subList(from, keys.size()), isLeaf() ? children : children.subList(from, children.size()));
    }

    private int half() {
        return keys.size() / 2;
    }
}
