package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Stores and loads of the Vector API: one event each. Compiled, they are single instructions; interpreted, they go lane by
 * lane through methods that report, so the runtime is told when one begins and when it has ended.
 */
final class VectorMethods {
    private static final String BUFFER = "java/nio/ByteBuffer";
    private static final String SEGMENT = "jdk/internal/foreign/AbstractMemorySegmentImpl";
    private static final String MASK = "jdk/internal/vm/vector/VectorSupport$VectorMask";

    private VectorMethods() {}

    /**
     * Weaves {@code static void storeInto...(Class vector, [Class mask,] Class lane, int lanes, V vector, [M mask,]
     * ByteBuffer or segment, int or long offset, operation)}.
     *
     * @return null for any other method
     */
    static MethodVisitor weave(MethodVisitor next, String name, String descriptor) {
        return name.startsWith("storeInto") && descriptor.endsWith(")V")
                ? around(next, descriptor, "vectorBegin")
                : null;
    }

    /**
     * Weaves {@code static V loadFrom...(Class vector, [Class mask,] Class lane, int lanes, ByteBuffer or segment, int or
     * long offset, [M mask,] species, operation)}.
     *
     * @return null for any other method
     */
    static MethodVisitor weaveLoad(MethodVisitor next, String name, String descriptor) {
        return name.startsWith("loadFrom") ? around(next, descriptor, "vectorLoadBegin") : null;
    }

    private static MethodVisitor around(MethodVisitor next, String descriptor, String begin) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int lanes = -1;
        int mask = -1;
        int target = -1;
        int local = 0;
        String owner = null;
        for (Type argument : arguments) {
            String type = argument.getSort() == Type.OBJECT ? argument.getInternalName() : "";
            if (argument.getSort() == Type.INT && lanes < 0) {
                lanes = local;
            } else if (type.equals(MASK)) {
                mask = local;
            } else if (type.equals(BUFFER) || type.equals(SEGMENT)) {
                target = local;
                owner = type;
            }
            local += argument.getSize();
        }
        return lanes < 1 || target < 0 ? null : new AroundAccess(next, descriptor, begin, lanes, mask, owner, target);
    }

    private static final class AroundAccess extends AroundBody {
        private final String begin;
        private final int lanes; // local variables; the lane's class stands before the number of lanes
        private final int mask; // or -1
        private final String owner;
        private final int target;

        AroundAccess(
                MethodVisitor next, String descriptor, String begin, int lanes, int mask, String owner, int target) {
            super(next, null, descriptor, 8);
            this.begin = begin;
            this.lanes = lanes;
            this.mask = mask;
            this.owner = owner;
            this.target = target;
        }

        @Override
        void enter() {
            mv.visitVarInsn(ALOAD, target);
            if (owner.equals(BUFFER)) {
                mv.visitVarInsn(ILOAD, target + 1);
                pushSize();
                begin("(Ljava/nio/ByteBuffer;ILjava/lang/Class;I)V");
            } else {
                mv.visitMethodInsn(INVOKEVIRTUAL, SEGMENT, "unsafeGetBase", "()Ljava/lang/Object;", false);
                mv.visitVarInsn(ALOAD, target);
                mv.visitMethodInsn(INVOKEVIRTUAL, SEGMENT, "unsafeGetOffset", "()J", false);
                mv.visitVarInsn(LLOAD, target + 1);
                mv.visitInsn(LADD); // base address
                pushSize();
                begin("(Ljava/lang/Object;JLjava/lang/Class;I)V");
            }
        }

        private void pushSize() {
            mv.visitVarInsn(ALOAD, lanes - 1);
            mv.visitVarInsn(ILOAD, lanes);
        }

        private void begin(String descriptor) {
            mv.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, begin, descriptor, false);
        }

        @Override
        void end(boolean failed) {
            mv.visitInsn(failed ? ICONST_1 : ICONST_0);
            if (mask < 0) {
                mv.visitInsn(ACONST_NULL);
            } else {
                mv.visitVarInsn(ALOAD, mask);
            }
            mv.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "vectorEnd", "(ZLjava/lang/Object;)V", false);
        }
    }
}
