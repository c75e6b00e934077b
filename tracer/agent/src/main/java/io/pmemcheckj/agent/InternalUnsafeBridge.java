package io.pmemcheckj.agent;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.transform.CallSiteWeaver;
import io.pmemcheckj.agent.transform.LoadHook;
import io.pmemcheckj.agent.transform.StoreHook;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * A class with a static twin for each storing method, and where loads are recorded for each loading one, of jdk.internal.misc.Unsafe: it does what the method does and
 * reports it. Calls from outside the JDK are rewritten to the twins, because the methods themselves are intrinsics, in
 * which a hook vanishes once they are compiled.
 *
 * <p>Few programs have such calls, and to look through a thousand methods takes long, so the class is made when the first
 * of them is met.
 */
final class InternalUnsafeBridge implements CallSiteWeaver.UnsafeTwins {
    private final RuntimeLink runtime;
    private final boolean loads;
    private Set<String> bridged;
    private boolean missing;

    /** @param loads whether loads are recorded, too */
    InternalUnsafeBridge(RuntimeLink runtime, boolean loads) {
        this.runtime = runtime;
        this.loads = loads;
    }

    @Override
    public synchronized boolean has(String name, String descriptor) {
        if (bridged == null) {
            missing = true;
            bridged = define();
            missing = false;
        }
        return bridged.contains(name + descriptor);
    }

    /** True once the class was needed and could not be defined. */
    synchronized boolean isMissing() {
        return missing;
    }

    private Set<String> define() {
        Set<String> methods = new HashSet<>();
        runtime.define(generate(methods, loads));
        return methods;
    }

    /**
     * Generates the class.
     *
     * @param bridged receives name and descriptor of the methods that have a twin
     * @param loads whether loads are recorded, too
     */
    static byte[] generate(Set<String> bridged, boolean loads) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                V17,
                ACC_PUBLIC | ACC_FINAL | ACC_SYNTHETIC,
                RuntimeInjector.INTERNAL_UNSAFE,
                null,
                "java/lang/Object",
                null);
        for (Method method : unsafe().getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
                String descriptor = Type.getMethodDescriptor(method);
                StoreHook store = StoreHook.of(method.getName(), descriptor, 0);
                LoadHook load = loads ? LoadHook.of(method.getName(), descriptor, 0) : null;
                if ((store != null || load != null) && bridged.add(method.getName() + descriptor)) {
                    addTwin(writer, method.getName(), descriptor, store, load);
                }
            }
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static Class<?> unsafe() {
        try {
            return Class.forName(CallSiteWeaver.INTERNAL_UNSAFE.replace('/', '.'), false, null);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("this JVM has no " + CallSiteWeaver.INTERNAL_UNSAFE, e);
        }
    }

    private static void addTwin(ClassWriter writer, String name, String descriptor, StoreHook store, LoadHook load) {
        MethodVisitor method =
                writer.visitMethod(ACC_PUBLIC | ACC_STATIC, name, CallSiteWeaver.twin(descriptor), null, null);
        method.visitCode();
        method.visitVarInsn(ALOAD, 0);
        int local = 1;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            method.visitVarInsn(argument.getOpcode(ILOAD), local);
            local += argument.getSize();
        }
        method.visitMethodInsn(INVOKEVIRTUAL, CallSiteWeaver.INTERNAL_UNSAFE, name, descriptor, false);
        if (load != null) {
            load.emitRaw(method);
        }
        if (store != null) {
            store.emitRaw(method);
        }
        method.visitInsn(Type.getReturnType(descriptor).getOpcode(IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
