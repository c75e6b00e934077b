package io.pmemcheckj.agent.transform;

import java.util.Set;

/**
 * Which calls into the JDK may store to mapped memory, flush it, map or unmap it, or call back code that does, so that
 * the place of the call must be known. To list too many costs a little time at each such call; a call that is missing
 * here is still attributed to the right place, by a stack walk, as long as no listed call of the same method precedes it.
 */
final class StoringCalls {
    private static final Set<String> BUFFER_READERS = Set.of(
            "position",
            "limit",
            "capacity",
            "remaining",
            "hasRemaining",
            "flip",
            "rewind",
            "clear",
            "mark",
            "reset",
            "slice",
            "duplicate",
            "asReadOnlyBuffer",
            "alignedSlice",
            "alignmentOffset",
            "order",
            "array",
            "arrayOffset",
            "hasArray",
            "isDirect",
            "isReadOnly",
            "hashCode",
            "equals",
            "compareTo",
            "toString",
            "wrap",
            "allocate",
            "allocateDirect",
            "asLongBuffer",
            "asIntBuffer",
            "asShortBuffer",
            "asCharBuffer",
            "asFloatBuffer",
            "asDoubleBuffer",
            "mismatch",
            "length",
            "charAt",
            "subSequence",
            "chars",
            "isLoaded",
            "load");

    private static final Set<String> SEGMENT_READERS = Set.of(
            "byteSize",
            "address",
            "asSlice",
            "reinterpret",
            "asByteBuffer",
            "asReadOnly",
            "isNative",
            "isMapped",
            "isReadOnly",
            "scope",
            "hashCode",
            "equals",
            "ofArray",
            "ofBuffer",
            "ofAddress",
            "mismatch",
            "toArray",
            "isAccessibleBy",
            "asOverlappingSlice",
            "segmentOffset",
            "heapBase",
            "maxByteAlignment",
            "varHandle");

    private static final Set<String> STORING_PACKAGES = Set.of(
            "java/nio/channels",
            "jdk/incubator/vector",
            "jdk/incubator/foreign",
            "java/util/zip",
            "javax/crypto",
            "java/security",
            "java/lang/reflect",
            "java/util/stream",
            "java/net",
            "java/lang/ref");

    private StoringCalls() {}

    /** True when the call needs a mark. */
    static boolean contains(String owner, String name, String descriptor) {
        if (owner.startsWith("[") || !isJdk(owner)) {
            return owner.equals("io/pmemcheckj/api/PmemCheck");
        }
        int slash = owner.lastIndexOf('/');
        String packageName = owner.substring(0, slash);
        return switch (packageName) {
            case "java/nio" -> owner.endsWith("Buffer") && !name.startsWith("get") && !BUFFER_READERS.contains(name);
            case "java/lang/invoke" ->
                owner.equals("java/lang/invoke/VarHandle")
                        ? !Set.of("get", "getVolatile", "getOpaque", "getAcquire")
                                .contains(name)
                        : owner.equals("java/lang/invoke/MethodHandle") && name.startsWith("invoke");
            case "java/lang/foreign" ->
                !owner.contains("Layout")
                        && !owner.endsWith("/Linker")
                        && !owner.endsWith("/FunctionDescriptor")
                        && !SEGMENT_READERS.contains(name)
                        && !(name.startsWith("get") && owner.endsWith("/MemorySegment"));
            case "sun/misc", "jdk/internal/misc" -> owner.endsWith("/Unsafe") && storesByUnsafe(name);
            case "java/nio/charset" -> name.equals("encode") || name.equals("flush") || name.equals("encodeLoop");
            case "java/io" ->
                !owner.endsWith("/File")
                        && !owner.endsWith("Exception")
                        && !name.equals("<init>")
                        && !owner.equals("java/io/PrintStream");
            case "java/util/concurrent" -> takesFunction(descriptor) || name.equals("invoke") || name.equals("join");
            case "java/lang" -> owner.equals("java/lang/Runnable") || takesFunction(descriptor);
            default ->
                STORING_PACKAGES.contains(packageName)
                        || takesFunction(descriptor)
                        || packageName.equals("java/util/function");
        };
    }

    private static boolean storesByUnsafe(String name) {
        return name.startsWith("put")
                || name.startsWith("getAnd")
                || name.startsWith("compareAnd")
                || name.startsWith("weakCompareAnd")
                || name.startsWith("copy")
                || name.startsWith("set")
                || name.equals("invokeCleaner")
                || name.startsWith("writeback");
    }

    private static boolean takesFunction(String descriptor) {
        return descriptor.contains("Ljava/util/function/")
                || descriptor.contains("Ljava/lang/Runnable;")
                || descriptor.contains("Ljava/util/concurrent/Callable;")
                || descriptor.contains("Ljava/security/Privileged");
    }

    private static boolean isJdk(String owner) {
        return owner.startsWith("java/")
                || owner.startsWith("javax/crypto/")
                || owner.startsWith("jdk/")
                || owner.startsWith("sun/");
    }
}
