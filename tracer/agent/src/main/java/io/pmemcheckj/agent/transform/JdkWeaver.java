package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Weaves the few classes of the JDK through which all mapped memory is stored to, flushed, mapped and unmapped. Which
 * method of which class gets which hook is decided below; names and descriptors that differ between JDK 17 and 25 stand
 * side by side.
 */
public final class JdkWeaver {
    private static final String SCOPED = "jdk/internal/misc/ScopedMemoryAccess";
    private static final String UNSAFE = "sun/misc/Unsafe";
    private static final String BUFFER = "java/nio/DirectByteBuffer";
    private static final String SEGMENTS = "jdk/internal/foreign/SegmentFactories";
    private static final String OLD_SEGMENTS = "jdk/internal/foreign/NativeMemorySegmentImpl";
    private static final String MAPPED = "java/nio/MappedMemoryUtils";
    private static final String CHANNEL = "sun/nio/ch/FileChannelImpl";
    private static final String UNMAPPER = "sun/nio/ch/FileChannelImpl$Unmapper";
    private static final String FILES = "sun/nio/ch/FileDispatcherImpl";
    private static final String UNIX_FILES = "sun/nio/ch/UnixFileDispatcherImpl";
    private static final String SOCKETS = "sun/nio/ch/SocketDispatcher";
    private static final String DATAGRAMS = "sun/nio/ch/DatagramDispatcher";
    private static final String DATAGRAM_CHANNEL = "sun/nio/ch/DatagramChannelImpl";
    private static final String SCTP_CHANNEL = "sun/nio/ch/sctp/SctpChannelImpl";
    private static final String SCTP_CHANNELS = "sun/nio/ch/sctp/SctpMultiChannelImpl";
    private static final String FILE_CALLS = "sun/nio/fs/UnixNativeDispatcher";
    private static final String CLASS_DEFINER = "java/lang/invoke/MethodHandles$Lookup$ClassDefiner";
    private static final String HANDLE_PROXY = "java/lang/invoke/MethodHandleProxies$1";
    private static final String INFLATER = "java/util/zip/Inflater";
    private static final String DEFLATER = "java/util/zip/Deflater";

    private static final String LIBRARY = "jdk/internal/loader/NativeLibraries$NativeLibraryImpl";
    private static final String RAW_LIBRARY = "jdk/internal/loader/RawNativeLibraries$RawNativeLibraryImpl";
    private static final String LINKER = "jdk/internal/foreign/abi/AbstractLinker";

    private static final Set<String> CLASSES = Set.of(
            SCOPED,
            UNSAFE,
            BUFFER,
            SEGMENTS,
            OLD_SEGMENTS,
            MAPPED,
            CHANNEL,
            UNMAPPER,
            FILES,
            UNIX_FILES,
            SOCKETS,
            DATAGRAMS,
            FileStreamMethods.RANDOM_ACCESS,
            FileStreamMethods.OUTPUT_STREAM,
            LIBRARY,
            RAW_LIBRARY,
            LINKER,
            DATAGRAM_CHANNEL,
            SCTP_CHANNEL,
            SCTP_CHANNELS,
            FILE_CALLS,
            FileNameMethods.FILE,
            CLASS_DEFINER,
            HANDLE_PROXY,
            INFLATER,
            DEFLATER,
            ConvertingMethods.INTS,
            ConvertingMethods.LONGS);

    /** Woven where loads are recorded, besides; among them those woven for values alone. */
    private static final Set<String> LOADING = loading();

    private final boolean values;
    private final boolean loads;

    /**
     * @param values whether the bytes stored are recorded, too
     * @param loads whether loads are recorded, too
     */
    public JdkWeaver(boolean values, boolean loads) {
        this.values = values;
        this.loads = loads;
    }

    private static Set<String> loading() {
        Set<String> all = new HashSet<>(LoadMethods.CHECKSUMS);
        all.addAll(ChangedFileMethods.COPIES);
        all.add(LoadMethods.INPUT_STREAM);
        return all;
    }

    /** Internal names of the classes that are woven, where this JDK has them. */
    public Set<String> classes() {
        Set<String> all = new HashSet<>(CLASSES);
        if (loads) {
            all.addAll(LOADING);
        }
        if (values) {
            all.addAll(ChangedFileMethods.COPIES);
        }
        return all;
    }

    /** True for a class that is woven. */
    public boolean covers(String internalName) {
        return CLASSES.contains(internalName)
                || loads && LOADING.contains(internalName)
                || values && ChangedFileMethods.COPIES.contains(internalName);
    }

    /**
     * Weaves a class.
     *
     * @param internalName a class that {@link #covers} accepts
     * @param original its class file
     * @return the woven class file
     */
    public byte[] weave(String internalName, byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        if ((access & (ACC_NATIVE | ACC_ABSTRACT)) != 0) {
                            return next;
                        }
                        MethodVisitor woven = orElse(hook(internalName, next, access, name, descriptor), next);
                        if (values) {
                            woven = orElse(valueHook(internalName, woven, access, name, descriptor), woven);
                        }
                        return loads ? orElse(loadHook(internalName, woven, access, name, descriptor), woven) : woven;
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static MethodVisitor orElse(MethodVisitor woven, MethodVisitor next) {
        return woven == null ? next : woven;
    }

    /** The visitor that puts a hook into a method; null for a method that is left alone. */
    private static MethodVisitor hook(String owner, MethodVisitor next, int access, String name, String descriptor) {
        return switch (owner) {
            case SCOPED -> StoreMethods.scoped(next, access, name, descriptor);
            case UNSAFE -> StoreMethods.unsafe(next, access, name, descriptor);
            case BUFFER -> ForeignMethods.buffer(next, name, descriptor);
            case SEGMENTS, OLD_SEGMENTS -> ForeignMethods.segment(next, access, name, descriptor);
            case MAPPED -> ForceMethods.mapped(next, name, descriptor);
            case CHANNEL -> MapMethods.channel(next, name, descriptor);
            case UNMAPPER -> MapMethods.unmapper(next, name, descriptor);
            case FILES, UNIX_FILES -> DispatcherMethods.file(next, access, name, descriptor);
            case SOCKETS, DATAGRAMS -> DispatcherMethods.channel(next, access, name, descriptor);
            case FileStreamMethods.RANDOM_ACCESS, FileStreamMethods.OUTPUT_STREAM ->
                FileStreamMethods.weave(next, owner, name, descriptor);
            case LIBRARY, RAW_LIBRARY -> NativeCallMethods.library(next, name, descriptor);
            case LINKER -> NativeCallMethods.linker(next, name, descriptor);
            case DATAGRAM_CHANNEL, SCTP_CHANNEL, SCTP_CHANNELS -> ReceiveMethods.channel(next, name, descriptor);
            case FILE_CALLS -> FileNameMethods.dispatcher(next, name, descriptor);
            case FileNameMethods.FILE -> FileNameMethods.file(next, name, descriptor);
            case CLASS_DEFINER -> DefineMethods.weave(next, owner, name, descriptor);
            case HANDLE_PROXY -> DefineMethods.proxy(next, name);
            case INFLATER, DEFLATER -> ZipMethods.weave(next, owner, descriptor);
            case ConvertingMethods.INTS -> ConvertingMethods.ints(next, name, descriptor);
            case ConvertingMethods.LONGS -> ConvertingMethods.longs(next, name, descriptor);
            default -> {
                if (LOADING.contains(owner)) {
                    yield null;
                }
                throw new IllegalArgumentException(owner);
            }
        };
    }

    /** The same for values. */
    private static MethodVisitor valueHook(
            String owner, MethodVisitor next, int access, String name, String descriptor) {
        return switch (owner) {
            case FILES, UNIX_FILES -> ChangedFileMethods.dispatcher(next, access, name, descriptor);
            case CHANNEL -> ChangedFileMethods.channel(next, name, descriptor);
            case FILE_CALLS -> ChangedFileMethods.names(next, name, descriptor);
            case FileNameMethods.FILE -> ChangedFileMethods.file(next, name);
            case FileStreamMethods.RANDOM_ACCESS, FileStreamMethods.OUTPUT_STREAM ->
                ChangedFileMethods.stream(next, owner, name);
            default ->
                ChangedFileMethods.COPIES.contains(owner)
                        ? ChangedFileMethods.copy(next, access, name, descriptor)
                        : null;
        };
    }

    /** The same for loads. What a method loads and stores it reports in this order. */
    private static MethodVisitor loadHook(
            String owner, MethodVisitor next, int access, String name, String descriptor) {
        return switch (owner) {
            case SCOPED -> LoadMethods.scoped(next, access, name, descriptor);
            case UNSAFE -> LoadMethods.unsafe(next, access, name, descriptor);
            case FILES, UNIX_FILES -> LoadMethods.file(next, access, name, descriptor);
            case SOCKETS, DATAGRAMS -> LoadMethods.dispatcher(next, access, name, descriptor);
            case CHANNEL -> LoadMethods.channel(next, owner, name, descriptor);
            case FileStreamMethods.RANDOM_ACCESS, LoadMethods.INPUT_STREAM ->
                LoadMethods.stream(next, owner, name, descriptor);
            case INFLATER, DEFLATER -> LoadMethods.zip(next, name, descriptor);
            default -> {
                if (ChangedFileMethods.COPIES.contains(owner)) {
                    yield LoadMethods.copy(next, access, name, descriptor);
                }
                yield LoadMethods.CHECKSUMS.contains(owner) ? LoadMethods.checksum(next, name, descriptor) : null;
            }
        };
    }
}
