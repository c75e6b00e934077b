package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;

/**
 * Puts code before one of a method's calls and after it, for a short method: the code before can leave a value in
 * {@link #LOCAL} for the code after. There is no stack map frame in between, so none has to know of the local.
 */
abstract class AroundCall extends MethodVisitor {
    /** A local variable that such a method does not have. */
    static final int LOCAL = 15;

    private final String called;
    private final int stack;

    /**
     * Wraps a method.
     *
     * @param called name of what it calls
     * @param stack operand stack the code needs on top of the call's arguments or return value, in words
     */
    AroundCall(MethodVisitor next, String called, int stack) {
        super(ASM9, next);
        this.called = called;
        this.stack = stack;
    }

    /** Emits what runs before the call; its arguments are on the stack and must stay there. */
    abstract void before(MethodVisitor method);

    /** Emits what runs after it has returned; the return value, if any, is on the stack and must stay there. */
    abstract void after(MethodVisitor method);

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean isIt = name.equals(called);
        if (isIt) {
            before(mv);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (isIt) {
            after(mv);
        }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (maxLocals > LOCAL) {
            throw new IllegalStateException("the method around " + called + " has " + maxLocals + " locals");
        }
        super.visitMaxs(maxStack + stack, LOCAL + 1);
    }
}
