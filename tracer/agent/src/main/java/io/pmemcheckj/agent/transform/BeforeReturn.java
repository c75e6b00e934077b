package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;

/** Puts code before each normal return of a method; the return value, if any, is on the stack and must stay there. */
abstract class BeforeReturn extends MethodVisitor {
    private final int stack;

    /** @param stack operand stack the code needs on top of the return value, in words */
    BeforeReturn(MethodVisitor next, int stack) {
        super(ASM9, next);
        this.stack = stack;
    }

    /** Emits the code. */
    abstract void emit(MethodVisitor method);

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= IRETURN && opcode <= RETURN) {
            emit(mv);
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + stack, maxLocals);
    }
}
