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

    private static final Map<String, Weave> WEAVES = Map.of(
            "jdk/internal/misc/ScopedMemoryAccess", StoreMethods::scoped,
            "sun/misc/Unsafe", StoreMethods::unsafe,
            "java/nio/MappedMemoryUtils", ForceMethods::mapped,
            "sun/nio/ch/FileChannelImpl", MapMethods::channel,
            "sun/nio/ch/FileChannelImpl$Unmapper", MapMethods::unmapper,
            "sun/nio/ch/FileDispatcherImpl", DISPATCHER,
            "sun/nio/ch/UnixFileDispatcherImpl", DISPATCHER,
            "sun/nio/ch/SocketDispatcher", DISPATCHER,
            "sun/nio/ch/DatagramDispatcher", DISPATCHER);

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
