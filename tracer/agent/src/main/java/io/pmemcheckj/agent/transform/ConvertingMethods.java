package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/**
 * Read-modify-write through a byte buffer view VarHandle whose byte order is not the machine's: a loop of
 * compare-and-set that goes to jdk.internal.misc.Unsafe directly, past ScopedMemoryAccess.
 */
final class ConvertingMethods {
    private static final String PREFIX = "java/lang/invoke/VarHandleByteArrayAs";
    static final String INTS = PREFIX + "Ints$ByteBufferHandle";
    static final String LONGS = PREFIX + "Longs$ByteBufferHandle";

    private static final int ATOMIC = 1 << 4; // StoreKind.ATOMIC in the high half of aux
    private static final int INT = 2; // log2 of the size
    private static final int LONG = 3;

    private ConvertingMethods() {}

    static MethodVisitor ints(MethodVisitor next, String name, String descriptor) {
        return weave(next, name, descriptor, INTS, ATOMIC | INT);
    }

    static MethodVisitor longs(MethodVisitor next, String name, String descriptor) {
        return weave(next, name, descriptor, LONGS, ATOMIC | LONG);
    }

    /** {@code static long getAndAddConvEndianWithCAS(ByteBuffer buffer, int index, long delta)} and its siblings. */
    private static MethodVisitor weave(MethodVisitor next, String name, String descriptor, String owner, int aux) {
        if (!name.endsWith("ConvEndianWithCAS") || !descriptor.startsWith("(Ljava/nio/ByteBuffer;I")) {
            return null;
        }
        return new BeforeReturn(next, 4) {
            @Override
            void emit(MethodVisitor method) {
                method.visitInsn(ACONST_NULL);
                method.visitVarInsn(ALOAD, 0);
                method.visitVarInsn(ILOAD, 1);
                // For a heap buffer this is an offset within its array, which no segment can have as its address.
                method.visitMethodInsn(INVOKESTATIC, owner, "address", "(Ljava/nio/ByteBuffer;I)J", false);
                method.visitIntInsn(BIPUSH, aux);
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "store", "(Ljava/lang/Object;JI)V", false);
            }
        };
    }
}
