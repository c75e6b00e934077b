package io.pmemcheckj.crash.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The bytes of one file, in memory: pages that hold nothing but zeros take no room. */
public final class Content {
    public static final int PAGE_BYTES = 4096;

    static final int PAGE = PAGE_BYTES;
    private static final int PAGE_SHIFT = 12;

    private int file;
    private final Map<Long, byte[]> pages = new HashMap<>();
    /** Numbers of pages that another content has, too: to be copied before a change. */
    private final Set<Long> shared = new HashSet<>();
    /** Ranges changed since the changes were last taken, end by start; null as long as nobody wants them. */
    private TreeMap<Long, Long> changes;

    private long length;
    private long hash;

    /** A copy for one who changes it, while this one stays as it is. */
    Content copy() {
        Content copy = new Content();
        copy.pages.putAll(pages);
        copy.shared.addAll(pages.keySet());
        copy.length = length;
        return copy;
    }

    /** Which file it is the content of: the hash depends on it. */
    void belongsTo(int number) {
        file = number;
        hash = 0;
        pages.forEach((page, bytes) -> {
            for (int i = 0; i < PAGE; i++) {
                hash += hash((page << PAGE_SHIFT) + i, bytes[i]);
            }
        });
    }

    public long length() {
        return length;
    }

    /** Of the bytes that are not zero; the sum of {@link #hash(long, byte)} over them. */
    long hash() {
        return hash;
    }

    /** What a byte of this file adds to the hash of a state; equal states have equal sums, in whatever order they came about. */
    long hash(long offset, byte value) {
        if (value == 0) {
            return 0;
        }
        // The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
        long z = (offset << 8 | value & 0xff) + (file + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    void write(long offset, byte[] bytes, int from, int count) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count; ) {
            long at = offset + i;
            int inPage = (int) at & PAGE - 1;
            int part = Math.min(count - i, PAGE - inPage);
            write(at, inPage, bytes, from + i, part);
            i += part;
        }
        length = Math.max(length, offset + count);
        changed(offset, offset + count);
    }

    private void write(long at, int inPage, byte[] bytes, int from, int count) {
        byte[] page = own(at >> PAGE_SHIFT);
        for (int i = 0; i < count; i++) {
            byte old = page[inPage + i];
            byte now = bytes[from + i];
            if (old != now) {
                hash += hash(at + i, now) - hash(at + i, old);
                page[inPage + i] = now;
            }
        }
    }

    private byte[] own(long number) {
        byte[] page = pages.get(number);
        if (page == null || shared.remove(number)) {
            page = page == null ? new byte[PAGE] : page.clone();
            pages.put(number, page);
        }
        return page;
    }

    private void changed(long from, long to) {
        if (changes == null) {
            return;
        }
        Map.Entry<Long, Long> before = changes.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            changes.put(before.getKey(), Math.max(before.getValue(), to));
        } else {
            changes.merge(from, to, Math::max);
        }
    }

    /** Cuts or extends it with zeros. */
    void resize(long newLength) {
        if (newLength < length) {
            long firstPage = newLength >> PAGE_SHIFT;
            for (long number :
                    pages.keySet().stream().filter(page -> page >= firstPage).toList()) {
                byte[] page = own(number);
                int keep = number == firstPage ? (int) newLength & PAGE - 1 : 0;
                for (int i = keep; i < PAGE; i++) {
                    hash -= hash((number << PAGE_SHIFT) + i, page[i]);
                    page[i] = 0;
                }
            }
        }
        length = newLength;
    }

    byte get(long offset) {
        byte[] page = pages.get(offset >> PAGE_SHIFT);
        return page == null ? 0 : page[(int) offset & PAGE - 1];
    }

    /** Fills an array; what lies beyond the end is 0. */
    public void read(long offset, byte[] to) {
        for (int i = 0; i < to.length; ) {
            int inPage = (int) (offset + i) & PAGE - 1;
            int part = Math.min(to.length - i, PAGE - inPage);
            byte[] page = pages.get(offset + i >> PAGE_SHIFT);
            if (page == null) {
                Arrays.fill(to, i, i + part, (byte) 0);
            } else {
                System.arraycopy(page, inPage, to, i, part);
            }
            i += part;
        }
    }

    /** Hands out the ranges (start, end) changed since the last call; the first call hands out none. */
    public void takeChanges(BiConsumer<Long, Long> to) {
        TreeMap<Long, Long> taken = changes;
        changes = new TreeMap<>();
        if (taken != null) {
            taken.forEach(to);
        }
    }

    /** The page with this number, of {@value #PAGE_BYTES} bytes; null if it holds zeros. Not to be changed. */
    public byte[] page(long number) {
        return pages.get(number);
    }

    /** Numbers of the pages that may hold something, in no order. */
    public Iterable<Long> pageNumbers() {
        return pages.keySet();
    }
}
