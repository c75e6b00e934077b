package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Synchronous flushes: reported at entry (what they cover is decided there) and at return or exception. */
final class ForceMethods {
    private ForceMethods() {}

    /** {@code static void MappedMemoryUtils.force(FileDescriptor fd, long address, boolean isSync, long index, long length)}. */
    static MethodVisitor mapped(MethodVisitor next, String name, String descriptor) {
        if (!name.equals("force") || !descriptor.equals("(Ljava/io/FileDescriptor;JZJJ)V")) {
            return null;
        }
        return new AroundForce(next, null, descriptor) {
            @Override
            void enter() {
                Label real = new Label();
                mv.visitVarInsn(LLOAD, 1);
                mv.visitVarInsn(LLOAD, 4);
                mv.visitInsn(LADD); // address + index
                mv.visitVarInsn(LLOAD, 6);
                mv.visitVarInsn(ILOAD, 3);
                mv.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "forceBegin", "(JJZ)Z", false);
                mv.visitJumpInsn(IFEQ, real);
                end(false);
                mv.visitInsn(RETURN);
                mv.visitLabel(real);
                mv.visitFrame(F_FULL, locals.length, locals, 0, null);
                // A frame may not stand at the same place as the method's own next one.
                mv.visitInsn(NOP);
            }
        };
    }

    /** {@code int force(FileDescriptor fd, boolean metaData)} of a file dispatcher. */
    static MethodVisitor file(MethodVisitor next, String owner) {
        return new AroundForce(next, owner, "(Ljava/io/FileDescriptor;Z)I") {
            @Override
            void enter() {
                mv.visitVarInsn(ALOAD, 1);
                mv.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "fileForceBegin", "(Ljava/io/FileDescriptor;)V", false);
            }
        };
    }

    /**
     * {@code void FileChannelImpl.force(boolean metaData)}: it can fail before it gets as far as the dispatcher, for a
     * thread that was interrupted.
     */
    static MethodVisitor channel(MethodVisitor next, String owner) {
        return new AroundForce(next, owner, "(Z)V") {
            @Override
            void enter() {
                mv.visitVarInsn(ALOAD, 0);
                mv.visitFieldInsn(GETFIELD, owner, "fd", "Ljava/io/FileDescriptor;");
                mv.visitMethodInsn(
                        INVOKESTATIC, RuntimeInjector.HOOKS, "channelForceBegin", "(Ljava/io/FileDescriptor;)V", false);
            }

            @Override
            void end(boolean failed) {
                mv.visitInsn(failed ? ICONST_1 : ICONST_0);
                mv.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "channelForceEnd", "(Z)V", false);
            }
        };
    }

    private abstract static class AroundForce extends AroundBody {
        AroundForce(MethodVisitor next, String owner, String descriptor) {
            super(next, owner, descriptor, 6);
        }

        @Override
        void end(boolean failed) {
            mv.visitInsn(failed ? ICONST_1 : ICONST_0);
            mv.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "forceEnd", "(Z)V", false);
        }
    }
}
