package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * The call that reports a store, placed before the return of a method that made it. The methods of ScopedMemoryAccess,
 * sun.misc.Unsafe and jdk.internal.misc.Unsafe follow one naming scheme, so their names and descriptors say all: which
 * argument is the base, which the offset, how many bytes are stored, and when the store is conditional.
 */
public final class StoreHook {
    private static final int PLAIN = 0; // StoreKind ordinals
    private static final int ATOMIC = 1;

    private enum Form {
        /** (base, offset, value): always stores. */
        VALUE,
        /** (base, offset, expected, value) → boolean: stores when true. */
        COMPARE_AND_SET,
        /** (base, offset, expected, value) → old: stores when old equals expected. */
        COMPARE_AND_EXCHANGE,
        /** (srcBase, srcOffset, dstBase, dstOffset, bytes). */
        COPY,
        /** (base, offset, bytes, value). */
        FILL
    }

    private final Form form;
    private final int kind;
    private final int base; // local variable, or -1 when the address is absolute
    private final int offset; // local variable
    private final int bytes; // local variable, COPY and FILL
    private final int expected; // local variable, COMPARE_AND_EXCHANGE
    private final Type value;
    private final int stored; // local variable with a long that is stored as it is, else -1

    private StoreHook(Form form, int kind, int base, int offset, int bytes, int expected, Type value, int stored) {
        this.form = form;
        this.kind = kind;
        this.base = base;
        this.offset = offset;
        this.bytes = bytes;
        this.expected = expected;
        this.value = value;
        this.stored = stored;
    }

    /**
     * Finds out how an instance method stores.
     *
     * @param leading number of arguments before the base: sessions and scopes
     * @return null when the method stores nothing, or only references
     */
    public static StoreHook of(String name, String descriptor, int leading) {
        if (!isStore(name)) {
            return null;
        }
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int[] local = new int[arguments.length + 1];
        local[0] = 1; // behind this
        for (int i = 0; i < arguments.length; i++) {
            local[i + 1] = local[i] + arguments[i].getSize();
        }
        int at = leading;
        if (name.equals("copyMemory") || name.equals("copySwapMemory")) {
            if (isLong(arguments, leading)) { // (src, dst, bytes)
                return new StoreHook(Form.COPY, PLAIN, -1, local[at + 1], local[at + 2], -1, null, -1);
            }
            return arguments.length < at + 5
                    ? null
                    : new StoreHook(Form.COPY, PLAIN, local[at + 2], local[at + 3], local[at + 4], -1, null, -1);
        }
        boolean absolute = isLong(arguments, at);
        if (!absolute && !(isObject(arguments, at) && isLong(arguments, at + 1))) {
            return null;
        }
        int base = absolute ? -1 : local[at];
        int offset = absolute ? local[at] : local[at + 1];
        int next = absolute ? at + 1 : at + 2;
        if (name.equals("setMemory")) {
            return new StoreHook(Form.FILL, PLAIN, base, offset, local[next], -1, null, -1);
        }
        if (next >= arguments.length || arguments[next].getSort() >= Type.ARRAY) {
            return null;
        }
        Type value = arguments[next];
        boolean isLong = value.getSort() == Type.LONG;
        if (name.startsWith("put")) {
            boolean atomic = name.endsWith("Volatile")
                    || name.endsWith("Release")
                    || name.endsWith("Opaque")
                    || name.startsWith("putOrdered");
            return new StoreHook(
                    Form.VALUE, atomic ? ATOMIC : PLAIN, base, offset, -1, -1, value, isLong ? local[next] : -1);
        }
        if (name.startsWith("getAnd")) {
            boolean isSet = name.startsWith("getAndSet");
            return new StoreHook(Form.VALUE, ATOMIC, base, offset, -1, -1, value, isLong && isSet ? local[next] : -1);
        }
        int replacement = isLong ? local[next + 1] : -1;
        if (name.startsWith("compareAndExchange")) {
            return new StoreHook(Form.COMPARE_AND_EXCHANGE, ATOMIC, base, offset, -1, local[next], value, replacement);
        }
        if (name.startsWith("compareAndSet")
                || name.startsWith("compareAndSwap")
                || name.startsWith("weakCompareAndSet")) {
            return new StoreHook(Form.COMPARE_AND_SET, ATOMIC, base, offset, -1, -1, value, replacement);
        }
        return null;
    }

    /** By the name alone: most methods of these classes do not store, and to take their descriptors apart takes long. */
    private static boolean isStore(String name) {
        return name.startsWith("put")
                || name.startsWith("getAnd")
                || name.startsWith("compareAnd")
                || name.startsWith("weakCompareAndSet")
                || name.startsWith("copy")
                || name.equals("setMemory");
    }

    private static boolean isLong(Type[] arguments, int i) {
        return i < arguments.length && arguments[i].getSort() == Type.LONG;
    }

    private static boolean isObject(Type[] arguments, int i) {
        return i < arguments.length && arguments[i].getDescriptor().equals("Ljava/lang/Object;");
    }

    /** Operand stack the hook needs on top of the return value. */
    static final int STACK = 10;

    /**
     * Emits the call; the return value, if any, is on the stack and stays there. There are no branches in it, so the
     * method's stack map frames stay as they are.
     */
    public void emit(MethodVisitor method) {
        emit(method, "store", "storeIf", "exchange", "bulk");
    }

    /** The same for Unsafe, whose addresses may come from native code. */
    public void emitRaw(MethodVisitor method) {
        emit(method, "rawStore", "rawStoreIf", "rawExchange", "rawBulk");
    }

    private void emit(MethodVisitor method, String store, String storeIf, String exchange, String bulk) {
        switch (form) {
            case VALUE -> reportValue(method, store);
            case COMPARE_AND_SET -> {
                method.visitInsn(DUP); // stored? stored?
                pushStore(method); // stored? stored? base offset [long] aux
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, storeIf, "(Z" + storeArguments(), false);
            }
            case COMPARE_AND_EXCHANGE -> reportExchange(method, exchange);
            default -> {
                pushBase(method);
                method.visitVarInsn(LLOAD, offset);
                method.visitVarInsn(LLOAD, bytes);
                method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, bulk, "(Ljava/lang/Object;JJ)V", false);
            }
        }
    }

    private void pushBase(MethodVisitor method) {
        if (base < 0) {
            method.visitInsn(ACONST_NULL);
        } else {
            method.visitVarInsn(ALOAD, base);
        }
    }

    private void reportValue(MethodVisitor method, String store) {
        pushStore(method);
        method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, store, "(" + storeArguments(), false);
    }

    /** The rest of a hook's descriptor: base, offset, a long that was stored, aux. */
    private String storeArguments() {
        return stored < 0 ? "Ljava/lang/Object;JI)V" : "Ljava/lang/Object;JJI)V";
    }

    private void pushStore(MethodVisitor method) {
        pushBase(method);
        method.visitVarInsn(LLOAD, offset);
        if (stored >= 0) {
            method.visitVarInsn(LLOAD, stored);
        }
        int log2 = switch (value.getSort()) {
            case Type.BYTE, Type.BOOLEAN -> 0;
            case Type.SHORT, Type.CHAR -> 1;
            case Type.INT, Type.FLOAT -> 2;
            default -> 3;
        };
        method.visitIntInsn(BIPUSH, kind << 4 | log2);
    }

    /** Leaves the work of comparing to the runtime: bits of what was there against bits of what was expected. */
    private void reportExchange(MethodVisitor method, String exchange) {
        method.visitInsn(value.getSize() == 2 ? DUP2 : DUP); // old old
        bits(method); // old long
        method.visitVarInsn(value.getOpcode(ILOAD), expected);
        bits(method); // old long long
        pushStore(method); // old long long base offset [long] aux
        method.visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, exchange, "(JJ" + storeArguments(), false);
    }

    private void bits(MethodVisitor method) {
        switch (value.getSort()) {
            case Type.FLOAT -> {
                method.visitMethodInsn(INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
                method.visitInsn(I2L);
            }
            case Type.DOUBLE ->
                method.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
            case Type.LONG -> {}
            default -> method.visitInsn(I2L);
        }
    }
}
