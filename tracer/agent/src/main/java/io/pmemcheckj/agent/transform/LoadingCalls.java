package io.pmemcheckj.agent.transform;

import java.util.Set;

/** Which calls into the JDK may load from mapped memory, besides those that {@link StoringCalls} knows for other reasons. */
final class LoadingCalls {
    /** Methods of a buffer that look at its bytes; those with what they see as their result also decide, see below. */
    private static final Set<String> BUFFER_READERS =
            Set.of("equals", "compareTo", "mismatch", "charAt", "hashCode", "toString", "chars");

    private static final Set<String> SEGMENT_READERS = Set.of("mismatch", "toArray");

    private static final Set<String> VAR_HANDLE_READERS = Set.of("get", "getVolatile", "getOpaque", "getAcquire");

    private LoadingCalls() {}

    /** True when the call needs a mark where loads are recorded. */
    static boolean contains(String owner, String name) {
        return isBuffer(owner) && (name.startsWith("get") || BUFFER_READERS.contains(name))
                || isSegment(owner) && (name.startsWith("get") || SEGMENT_READERS.contains(name))
                || isUnsafe(owner) && name.startsWith("get")
                || isVarHandle(owner) && VAR_HANDLE_READERS.contains(name);
    }

    /** True when what the call returns was loaded, or says something about it. */
    static boolean returnsLoaded(String owner, String name, String descriptor) {
        char result = descriptor.charAt(descriptor.indexOf(')') + 1);
        if (result == 'V' || result == '[') {
            return false;
        }
        boolean isValue = result != 'L';
        return isBuffer(owner) && isValue && (name.startsWith("get") || BUFFER_READERS.contains(name))
                || isSegment(owner) && (name.startsWith("get") || name.equals("mismatch"))
                || isUnsafe(owner) && isValue && (name.startsWith("get") || comparesAnd(name))
                || isVarHandle(owner) && (name.startsWith("get") || comparesAnd(name));
    }

    private static boolean comparesAnd(String name) {
        return name.startsWith("compareAnd") || name.startsWith("weakCompareAnd");
    }

    private static boolean isBuffer(String owner) {
        return owner.startsWith("java/nio/") && owner.endsWith("Buffer") && owner.lastIndexOf('/') == 8;
    }

    private static boolean isSegment(String owner) {
        return owner.equals("java/lang/foreign/MemorySegment");
    }

    private static boolean isUnsafe(String owner) {
        return owner.equals("sun/misc/Unsafe") || owner.equals(CallSiteWeaver.INTERNAL_UNSAFE);
    }

    private static boolean isVarHandle(String owner) {
        return owner.equals("java/lang/invoke/VarHandle");
    }
}
