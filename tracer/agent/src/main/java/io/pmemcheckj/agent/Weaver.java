package io.pmemcheckj.agent;

import io.pmemcheckj.agent.model.Libraries;
import io.pmemcheckj.agent.transform.CallSiteWeaver;
import io.pmemcheckj.agent.transform.DeclaredOrders;
import io.pmemcheckj.agent.transform.JdkWeaver;
import io.pmemcheckj.agent.transform.RequestWeaver;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;

/** Decides for each class that is loaded what is woven into it. */
final class Weaver implements ClassFileTransformer, UnaryOperator<byte[]> {
    private final RuntimeLink runtime;
    private final Libraries libraries;
    private final InternalUnsafeBridge internalUnsafe;
    private volatile Throwable jdkFailure;

    Weaver(RuntimeLink runtime, Libraries libraries) {
        this.runtime = runtime;
        this.libraries = libraries;
        internalUnsafe = new InternalUnsafeBridge(runtime);
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String name,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] original) {
        if (name == null) {
            return null;
        }
        if (isJdk(module)) {
            return JdkWeaver.covers(name) ? weaveJdk(name, original) : null;
        }
        return isOurs(name) ? null : weaveProgram(loader, name, domain, original);
    }

    static boolean isJdk(Module module) {
        String name = module.getName();
        return name != null && (name.startsWith("java.") || name.startsWith("jdk."));
    }

    private static boolean isOurs(String name) {
        return name.startsWith("io/pmemcheckj/agent/")
                || name.startsWith("io/pmemcheckj/trace/")
                || name.startsWith("io/pmemcheckj/shaded/");
    }

    /** Most are woven before the program starts; those that are loaded only later must still not be missed in silence. */
    private byte[] weaveJdk(String name, byte[] original) {
        try {
            return JdkWeaver.weave(name, original);
        } catch (RuntimeException | Error e) {
            jdkFailure = e;
            notWoven(name, e);
            return null;
        }
    }

    /** Why weaving the JDK failed, or null. */
    Throwable jdkFailure() {
        return jdkFailure;
    }

    /**
     * A class that cannot be woven runs as it is: its stores are still seen, in the JDK, and attributed by walking the
     * stack, from then on for every store. Only the client requests and the stores by jdk.internal.misc.Unsafe would be
     * lost, and losing those must be told.
     */
    private byte[] weaveProgram(ClassLoader loader, String name, ProtectionDomain domain, byte[] original) {
        boolean isApi = name.equals(RequestWeaver.API);
        try {
            DeclaredOrders.read(original, runtime);
            return isApi
                    ? RequestWeaver.weave(original)
                    : CallSiteWeaver.weave(
                            original, runtime, internalUnsafe, libraries.of(loader, name, domain, original));
        } catch (RuntimeException | Error e) {
            runtime.distrustMarks();
            if (isApi || internalUnsafe.isMissing() || libraries.hasMethodsOf(name)) {
                notWoven(name, e);
            }
            return null;
        }
    }

    /** Weaves a hidden class. */
    @Override
    public byte[] apply(byte[] original) {
        String name = new ClassReader(original).getClassName();
        if (isOurs(name)) {
            return original;
        }
        byte[] woven = CallSiteWeaver.weaveHidden(original, runtime, internalUnsafe, libraries.ofHidden());
        return woven == null ? original : woven;
    }

    private void notWoven(String name, Throwable cause) {
        runtime.gap("class " + name.replace('/', '.') + " could not be woven: " + cause);
    }
}
