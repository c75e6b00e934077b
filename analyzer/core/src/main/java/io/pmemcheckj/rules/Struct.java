package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Elements of one size and shape, one behind the other, in files or in ranges that have a name. */
final class Struct {
    /** Elements without a limit. */
    static final long OPEN_ENDED = Long.MAX_VALUE;

    /** Bytes of an element, from its first byte. */
    record Field(long offset, long length) {}

    /** Is told of elements. */
    interface ElementVisitor {
        /** @param position of the element's first byte */
        void visit(long position);
    }

    private record Array(long start, long end) {}

    private final Predicate<String> path;
    private final long offset;
    private final String label;
    private final long size;
    private final long count;
    private final Map<String, Field> fields;
    private final Map<Segment, List<Array>> arrays = new HashMap<>();

    /**
     * @param path which files hold the elements, or null where they have a name
     * @param offset of the first element in the file, or in the named range
     * @param label name of the ranges that hold the elements, or null
     * @param size bytes from one element to the next
     * @param count how many there are at most
     */
    Struct(Predicate<String> path, long offset, String label, long size, long count, Map<String, Field> fields) {
        this.path = path;
        this.offset = offset;
        this.label = label;
        this.size = size;
        this.count = count;
        this.fields = Map.copyOf(fields);
    }

    /** The field of this name, or null. */
    Field field(String name) {
        return fields.get(name);
    }

    void labelled(Segment segment, long start, long end, String name) {
        if (name.equals(label)) {
            List<Array> known = arrays.computeIfAbsent(segment, key -> new ArrayList<>());
            Array array = array(start, end);
            if (!known.contains(array)) {
                known.add(array);
            }
        }
    }

    private Array array(long start, long end) {
        long first = start + offset;
        long room = Math.max(0, end - first) / size;
        return new Array(first, first + Math.min(room, count) * size);
    }

    /** Visits the elements that hold a byte of [start, end). */
    void forEachElement(Segment segment, long start, long end, ElementVisitor visitor) {
        for (Array array : arraysOf(segment)) {
            long from = Math.max(start, array.start);
            long to = Math.min(end, array.end);
            for (long at = from - (from - array.start) % size; at < to; at += size) {
                visitor.visit(at);
            }
        }
    }

    private List<Array> arraysOf(Segment segment) {
        List<Array> known = arrays.get(segment);
        if (known == null) {
            known = path != null && path.test(segment.path())
                    ? List.of(array(segment.bias(), Long.MAX_VALUE))
                    : new ArrayList<>();
            arrays.put(segment, known);
        }
        return known;
    }
}
