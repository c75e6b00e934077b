package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/**
 * Inflater and Deflater: native code puts the bytes into the buffer. After that, also where it found the data to be
 * broken, these methods move the buffer's position and then count the bytes: the count is where it can be seen how many.
 */
final class ZipMethods {
    private ZipMethods() {}

    /** {@code int inflate(ByteBuffer output)}, {@code int deflate(ByteBuffer output, int flush)}. */
    static MethodVisitor weave(MethodVisitor next, String owner, String descriptor) {
        if (!descriptor.startsWith("(Ljava/nio/ByteBuffer;") || !descriptor.endsWith(")I")) {
            return null;
        }
        return new MethodVisitor(ASM9, next) {
            @Override
            public void visitFieldInsn(int opcode, String fieldOwner, String name, String type) {
                if (opcode == PUTFIELD && name.equals("bytesWritten")) { // this count
                    super.visitInsn(DUP2);
                    super.visitVarInsn(ALOAD, 0);
                    super.visitFieldInsn(GETFIELD, owner, name, type);
                    super.visitInsn(LSUB); // this count added
                    super.visitVarInsn(ALOAD, 1);
                    super.visitMethodInsn(
                            INVOKESTATIC, RuntimeInjector.HOOKS, "received", "(JLjava/nio/ByteBuffer;)V", false);
                }
                super.visitFieldInsn(opcode, fieldOwner, name, type);
            }

            @Override
            public void visitMaxs(int maxStack, int maxLocals) {
                super.visitMaxs(Math.max(maxStack, 7), maxLocals);
            }
        };
    }
}
