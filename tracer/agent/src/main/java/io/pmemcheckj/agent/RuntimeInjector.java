package io.pmemcheckj.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Makes the runtime part of java.base, under names in java.lang.
 *
 * <p>There every class can call it, whatever its loader delegates (java.* is always delegated) and whatever its module
 * reads; nothing is appended to the boot class path, which would make the VM print a warning on the program's stdout and
 * give up its class archive; and JDK internals are within reach. The idea of a class injected into java.lang is
 * JaCoCo's.
 */
public final class RuntimeInjector {
    private static final String SOURCE = "io/pmemcheckj/runtime/";
    private static final String TARGET = "java/lang/PmemcheckJ$";

    public static final String HOOKS = TARGET + "Hooks";
    public static final String REQUESTS = TARGET + "Requests";
    public static final String INTERNAL_UNSAFE = TARGET + "InternalUnsafe";

    /** A class comes after those it extends or whose constants it needs defined; everything else links lazily. */
    private static final List<String> CLASSES = List.of(
            "Start",
            "Ring",
            "Carrier",
            "SpinLock",
            "Emulation",
            "FileIdentity",
            "MemoryMapLine",
            "Bounds",
            "RecentLooks",
            "Tracked",
            "Sites$Block",
            "Sites$Frame",
            "Sites$IntArray",
            "Sites",
            "Recorder",
            "Recorders",
            "Mappings",
            "Hooks",
            "Requests");

    private RuntimeInjector() {}

    /**
     * Defines the runtime's classes.
     *
     * @return the class Start, by which the agent talks to them
     */
    static Class<?> inject(Instrumentation instrumentation) throws AgentException {
        try {
            openJavaLang(instrumentation);
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
            List<byte[]> renamed = new ArrayList<>();
            for (String name : CLASSES) {
                renamed.add(rename(name));
            }
            Class<?> start = null;
            for (byte[] bytes : renamed) {
                Class<?> defined = lookup.defineClass(bytes);
                start = start == null ? defined : start;
            }
            lookup.defineClass(InternalUnsafeBridge.generate());
            return start;
        } catch (IOException | IllegalAccessException | LinkageError e) {
            throw AgentException.failure("cannot define the tracer's runtime in this JVM: " + e, e);
        }
    }

    private static void openJavaLang(Instrumentation instrumentation) {
        Module agent = RuntimeInjector.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(agent)), Set.of(), Map.of());
    }

    private static byte[] rename(String name) throws IOException {
        byte[] original;
        try (InputStream in = RuntimeInjector.class.getResourceAsStream("/" + SOURCE + name + ".class")) {
            if (in == null) {
                throw new IOException("class " + SOURCE + name + " is missing from the agent's jar");
            }
            original = in.readAllBytes();
        }
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(0);
        Remapper remapper = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String internalName) {
                return internalName.startsWith(SOURCE)
                        ? TARGET + internalName.substring(SOURCE.length())
                        : internalName;
            }
        };
        boolean hasCarriers = Runtime.version().feature() >= 21;
        ClassVisitor visitor = name.equals("Carrier") && hasCarriers ? new CarrierMethod(writer) : writer;
        reader.accept(new ClassRemapper(visitor, remapper), 0);
        return writer.toByteArray();
    }

    /** Lets Carrier.of return Thread.currentCarrierThread(), which is package-private in java.lang. */
    private static final class CarrierMethod extends ClassVisitor {
        CarrierMethod(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!name.equals("of")) {
                return method;
            }
            method.visitCode();
            method.visitMethodInsn(
                    Opcodes.INVOKESTATIC, "java/lang/Thread", "currentCarrierThread", "()Ljava/lang/Thread;", false);
            method.visitInsn(Opcodes.ARETURN);
            method.visitMaxs(1, 1);
            method.visitEnd();
            return null;
        }
    }
}
