package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Weaves the few classes of the JDK through which all mapped memory is stored to, flushed, mapped and unmapped. Which
 * method of which class gets which hook is the table below; names and descriptors that differ between JDK 17 and 25
 * stand side by side.
 */
public final class JdkWeaver {

    /** Decides what to put into a method; returns the visitor that does it, or null to leave the method alone. */
    interface Weave {
        MethodVisitor into(MethodVisitor next, int access, String name, String descriptor);
    }

    private static final Weave DISPATCHER = DispatcherMethods::weave;

    private static final Map<String, Weave> WEAVES = Map.ofEntries(
            Map.entry("jdk/internal/misc/ScopedMemoryAccess", StoreMethods::scoped),
            Map.entry("sun/misc/Unsafe", StoreMethods::unsafe),
            Map.entry("java/nio/DirectByteBuffer", ForeignMethods::buffer),
            Map.entry("jdk/internal/foreign/SegmentFactories", ForeignMethods::segment),
            Map.entry("jdk/internal/foreign/NativeMemorySegmentImpl", ForeignMethods::segment),
            Map.entry("java/nio/MappedMemoryUtils", ForceMethods::mapped),
            Map.entry("sun/nio/ch/FileChannelImpl", MapMethods::channel),
            Map.entry("sun/nio/ch/FileChannelImpl$Unmapper", MapMethods::unmapper),
            Map.entry("sun/nio/ch/FileDispatcherImpl", DISPATCHER),
            Map.entry("sun/nio/ch/UnixFileDispatcherImpl", DISPATCHER),
            Map.entry("sun/nio/ch/SocketDispatcher", DISPATCHER),
            Map.entry("sun/nio/ch/DatagramDispatcher", DISPATCHER),
            Map.entry(ConvertingMethods.INTS, ConvertingMethods::ints),
            Map.entry(ConvertingMethods.LONGS, ConvertingMethods::longs));

    private JdkWeaver() {}

    /** Internal names of the classes that are woven, where this JDK has them. */
    public static List<String> classes() {
        return List.copyOf(WEAVES.keySet());
    }

    /** True for a class that is woven. */
    public static boolean covers(String internalName) {
        return WEAVES.containsKey(internalName);
    }

    /**
     * Weaves a class.
     *
     * @param internalName a class that {@link #covers} accepts
     * @param original its class file
     * @return the woven class file
     */
    public static byte[] weave(String internalName, byte[] original) {
        Weave weave = WEAVES.get(internalName);
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
                        MethodVisitor woven = weave.into(next, access, name, descriptor);
                        return woven == null ? next : woven;
                    }
                },
                0);
        return writer.toByteArray();
    }
}
