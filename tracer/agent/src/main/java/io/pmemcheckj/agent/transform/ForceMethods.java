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
        Object[] locals = {"java/io/FileDescriptor", LONG, INTEGER, LONG, LONG};
        return new AroundForce(next, locals) {
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
        Object[] locals = {owner, "java/io/FileDescriptor", INTEGER};
        return new AroundForce(next, locals) {
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
        Object[] locals = {owner, INTEGER};
        return new AroundForce(next, locals) {
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

    /** The method's body between enter and end, with a handler that reports failure and throws on. */
    private abstract static class AroundForce extends MethodVisitor {
        final Object[] locals;
        private final Label start = new Label();

        AroundForce(MethodVisitor next, Object[] locals) {
            super(ASM9, next);
            this.locals = locals;
        }

        abstract void enter();

        void end(boolean failed) {
            mv.visitInsn(failed ? ICONST_1 : ICONST_0);
            mv.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "forceEnd", "(Z)V", false);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            enter();
            mv.visitLabel(start);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == RETURN || opcode == IRETURN) {
                end(false);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            Label handler = new Label();
            mv.visitTryCatchBlock(start, handler, handler, "java/lang/Throwable");
            mv.visitLabel(handler);
            mv.visitFrame(F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
            end(true);
            mv.visitInsn(ATHROW);
            super.visitMaxs(Math.max(maxStack + 2, 6), maxLocals);
        }
    }
}
