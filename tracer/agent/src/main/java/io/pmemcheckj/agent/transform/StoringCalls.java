package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;

import java.util.Set;

/**
 * Which calls into the JDK may store to mapped memory, flush it, map or unmap it, or call back code that does, so that
 * the place of the call must be known. To list too many costs a little time at each such call; one that is missing here
 * and stores would be attributed to the listed call before it, if there is one that has not been taken back.
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
            "mismatch",
            "toArray",
            "isAccessibleBy",
            "asOverlappingSlice",
            "segmentOffset",
            "heapBase",
            "maxByteAlignment",
            "varHandle");

    private static final Set<String> VAR_HANDLE_READERS = Set.of("get", "getVolatile", "getOpaque", "getAcquire");

    private static final Set<String> STORING_PACKAGES = Set.of(
            "java/nio/channels",
            "java/nio/charset",
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

    /**
     * True when the call needs a mark.
     *
     * @param opcode of the call; a virtual method of the program's class may be one inherited from a class of the JDK
     */
    static boolean contains(int opcode, String owner, String name, String descriptor) {
        if (owner.startsWith("[")) {
            return false;
        }
        if (!isJdk(owner)) {
            return opcode == INVOKEVIRTUAL && takesMemory(descriptor) || owner.equals("io/pmemcheckj/api/PmemCheck");
        }
        String packageName = owner.substring(0, owner.lastIndexOf('/'));
        return switch (packageName) {
            case "java/nio" -> owner.endsWith("Buffer") && !name.startsWith("get") && !BUFFER_READERS.contains(name);
            case "java/lang/foreign" ->
                !owner.contains("Layout")
                        && !owner.endsWith("/Linker")
                        && !owner.endsWith("/FunctionDescriptor")
                        && !SEGMENT_READERS.contains(name)
                        && (!name.startsWith("get") || returnsSegment(descriptor) || !owner.endsWith("/MemorySegment"));
            case "sun/misc", "jdk/internal/misc" -> owner.endsWith("/Unsafe") && storesByUnsafe(name);
            case "java/lang/invoke" ->
                owner.equals("java/lang/invoke/VarHandle")
                        ? !VAR_HANDLE_READERS.contains(name) || returnsSegment(descriptor)
                        : owner.equals("java/lang/invoke/MethodHandle") && name.startsWith("invoke");
            case "java/io" ->
                !owner.endsWith("/File")
                        && !owner.endsWith("Exception")
                        && !name.equals("<init>")
                        && !owner.equals("java/io/PrintStream");
            case "java/util/concurrent" ->
                takesFunction(descriptor) || takesMemory(descriptor) || name.equals("invoke") || name.equals("join");
            case "java/lang" ->
                owner.equals("java/lang/Runnable") || takesFunction(descriptor) || takesMemory(descriptor);
            default ->
                STORING_PACKAGES.contains(packageName)
                        || takesFunction(descriptor)
                        || takesMemory(descriptor)
                        || packageName.equals("java/util/function");
        };
    }

    /** A segment read from memory may show a file that native code mapped, which is noticed then. */
    private static boolean returnsSegment(String descriptor) {
        return descriptor.endsWith("Ljava/lang/foreign/MemorySegment;");
    }

    /** What is handed memory may store to it. */
    private static boolean takesMemory(String descriptor) {
        int nio = descriptor.indexOf("Ljava/nio/");
        int end = descriptor.indexOf(')');
        return nio >= 0 && nio < end && descriptor.lastIndexOf("Buffer;", end) > nio
                || isBefore(end, descriptor.indexOf("Ljava/lang/foreign/"))
                || isBefore(end, descriptor.indexOf("Ljdk/incubator/foreign/"));
    }

    private static boolean isBefore(int end, int at) {
        return at >= 0 && at < end;
    }

    /** True for a bootstrap method that is not of the JDK: what is linked by it may call anything. */
    static boolean isBootstrap(String owner, String descriptor) {
        return descriptor.startsWith("(Ljava/lang/invoke/MethodHandles$Lookup;")
                && descriptor.endsWith("CallSite;")
                && !owner.startsWith("java/lang/");
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
                || owner.startsWith("javax/")
                || owner.startsWith("jdk/")
                || owner.startsWith("com/sun/")
                || owner.startsWith("sun/");
    }
}
