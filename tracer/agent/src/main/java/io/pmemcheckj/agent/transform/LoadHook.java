package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * The call that reports a load, placed before the return of a method that made it. Like {@link StoreHook} it learns from
 * the naming scheme of ScopedMemoryAccess and Unsafe all that there is to know. What reads and writes at once loads, also
 * where it does not write in the end.
 */
public final class LoadHook {
    private final int base; // local variable, or -1 when the address is absolute
    private final int offset; // local variable
    private final int bytes; // local variable with the length of a copy, or -1
    private final int log2; // of the size of a value

    private LoadHook(int base, int offset, int bytes, int log2) {
        this.base = base;
        this.offset = offset;
        this.bytes = bytes;
        this.log2 = log2;
    }

    /**
     * Finds out how an instance method loads.
     *
     * @param leading number of arguments before the base: sessions and scopes
     * @return null when the method loads nothing, or only references
     */
    public static LoadHook of(String name, String descriptor, int leading) {
        boolean copies = name.equals("copyMemory") || name.equals("copySwapMemory");
        if (!copies && !isLoad(name)) {
            return null;
        }
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int[] local = new int[arguments.length + 1];
        local[0] = 1; // behind this
        for (int i = 0; i < arguments.length; i++) {
            local[i + 1] = local[i] + arguments[i].getSize();
        }
        boolean absolute = hasSort(arguments, leading, Type.LONG);
        if (!absolute && !(hasSort(arguments, leading, Type.OBJECT) && hasSort(arguments, leading + 1, Type.LONG))) {
            return null;
        }
        int base = absolute ? -1 : local[leading];
        int at = absolute ? leading : leading + 1;
        if (copies) { // ([base,] offset, [base,] offset, bytes)
            int length = absolute ? leading + 2 : leading + 4;
            return length < arguments.length ? new LoadHook(base, local[at], local[length], 0) : null;
        }
        // What a compare-and-set loads is of the type that it stores; the others return it.
        Type value = name.contains("ompareAnd")
                ? at + 1 < arguments.length ? arguments[at + 1] : Type.VOID_TYPE
                : Type.getReturnType(descriptor);
        int log2 = log2(value);
        return log2 < 0 ? null : new LoadHook(base, local[at], -1, log2);
    }

    private static boolean isLoad(String name) {
        return name.startsWith("get") || name.startsWith("compareAnd") || name.startsWith("weakCompareAnd");
    }

    private static boolean hasSort(Type[] arguments, int i, int sort) {
        return i < arguments.length && arguments[i].getSort() == sort;
    }

    private static int log2(Type value) {
        return switch (value.getSort()) {
            case Type.BYTE, Type.BOOLEAN -> 0;
            case Type.SHORT, Type.CHAR -> 1;
            case Type.INT, Type.FLOAT -> 2;
            case Type.LONG, Type.DOUBLE -> 3;
            default -> -1;
        };
    }

    /** Operand stack the hook needs on top of the return value. */
    static final int STACK = 5;

    /** Emits the call; the return value, if any, is on the stack and stays there. There are no branches in it. */
    public void emit(MethodVisitor method) {
        emit(method, "load", "bulkLoad");
    }

    /** The same for Unsafe, whose addresses may come from native code. */
    public void emitRaw(MethodVisitor method) {
        emit(method, "rawLoad", "rawBulkLoad");
    }

    private void emit(MethodVisitor method, String load, String bulkLoad) {
        if (base < 0) {
            method.visitInsn(ACONST_NULL);
        } else {
            method.visitVarInsn(ALOAD, base);
        }
        method.visitVarInsn(LLOAD, offset);
        if (bytes < 0) {
            method.visitIntInsn(BIPUSH, log2);
            method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, load, "(Ljava/lang/Object;JI)V", false);
        } else {
            method.visitVarInsn(LLOAD, bytes);
            method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, bulkLoad, "(Ljava/lang/Object;JJ)V", false);
        }
    }
}
