package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Puts code before a method's body and after it, also where it ends with an exception, which is thrown on. */
abstract class AroundBody extends MethodVisitor {
    /** What the method's locals hold at its entry, as a stack map frame says it. */
    final Object[] locals;

    private final int stack;
    private final Label start = new Label();

    /**
     * Wraps a method.
     *
     * @param owner class of the method, null for a static one
     * @param stack operand stack the code needs, in words, on top of a return value
     */
    AroundBody(MethodVisitor next, String owner, String descriptor, int stack) {
        super(ASM9, next);
        this.stack = stack;
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int from = owner == null ? 0 : 1;
        locals = new Object[from + arguments.length];
        if (owner != null) {
            locals[0] = owner;
        }
        for (int i = 0; i < arguments.length; i++) {
            locals[from + i] = frameType(arguments[i]);
        }
    }

    private static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> LONG;
            case Type.DOUBLE -> DOUBLE;
            case Type.FLOAT -> FLOAT;
            case Type.ARRAY, Type.OBJECT -> type.getInternalName();
            default -> INTEGER;
        };
    }

    /** Emits what runs before the body. */
    abstract void enter();

    /**
     * Emits what runs after it; a return value or the exception is on the stack and must stay there.
     *
     * @param failed whether an exception is on its way
     */
    abstract void end(boolean failed);

    @Override
    public void visitCode() {
        super.visitCode();
        enter();
        mv.visitLabel(start);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= IRETURN && opcode <= RETURN) {
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
        super.visitMaxs(maxStack + stack, maxLocals);
    }
}
