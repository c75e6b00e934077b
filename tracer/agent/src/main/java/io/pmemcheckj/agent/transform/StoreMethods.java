package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;

/** Stores: every public storing method of ScopedMemoryAccess and sun.misc.Unsafe reports before it returns. */
final class StoreMethods {
    private StoreMethods() {}

    /**
     * Only the public methods: the JDK inspects frames of the {@code @Scoped} ones behind them when a shared arena is
     * closed, and must not find calls of ours in there.
     */
    static MethodVisitor scoped(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_PUBLIC) == 0) {
            return null;
        }
        if ((access & ACC_STATIC) != 0) {
            return VectorMethods.weave(next, name, descriptor);
        }
        boolean twoSessions = name.startsWith("copy");
        StoreHook hook = StoreHook.of(name, descriptor, twoSessions ? 2 : 1);
        return hook == null ? null : new Report(next, hook, false);
    }

    static MethodVisitor unsafe(MethodVisitor next, int access, String name, String descriptor) {
        if ((access & ACC_PUBLIC) == 0 || (access & ACC_STATIC) != 0) {
            return null;
        }
        StoreHook hook = StoreHook.of(name, descriptor, 0);
        return hook == null ? null : new Report(next, hook, true);
    }

    private static final class Report extends BeforeReturn {
        private final StoreHook hook;
        private final boolean raw;

        Report(MethodVisitor next, StoreHook hook, boolean raw) {
            super(next, StoreHook.STACK);
            this.hook = hook;
            this.raw = raw;
        }

        @Override
        void emit(MethodVisitor method) {
            if (raw) {
                hook.emitRaw(method);
            } else {
                hook.emit(method);
            }
        }
    }
}
