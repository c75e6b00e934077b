package io.pmemcheckj.agent;

import io.pmemcheckj.agent.transform.CallSiteWeaver;
import io.pmemcheckj.agent.transform.JdkWeaver;
import io.pmemcheckj.agent.transform.RequestWeaver;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;

/** Decides for each class that is loaded what is woven into it. */
final class Weaver implements ClassFileTransformer {
    private final RuntimeLink runtime;
    private volatile Throwable jdkFailure;

    Weaver(RuntimeLink runtime) {
        this.runtime = runtime;
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
        if (name.equals(RequestWeaver.API)) {
            return guarded(name, () -> RequestWeaver.weave(original));
        }
        if (name.startsWith("io/pmemcheckj/agent/")
                || name.startsWith("io/pmemcheckj/trace/")
                || name.startsWith("io/pmemcheckj/shaded/")) {
            return null;
        }
        return guarded(name, () -> CallSiteWeaver.weave(original, runtime::registerSites));
    }

    static boolean isJdk(Module module) {
        String name = module.getName();
        return name != null && (name.startsWith("java.") || name.startsWith("jdk."));
    }

    private byte[] weaveJdk(String name, byte[] original) {
        try {
            return JdkWeaver.weave(name, original);
        } catch (RuntimeException | LinkageError e) {
            jdkFailure = e;
            return null;
        }
    }

    /** Why weaving the JDK failed, or null. */
    Throwable jdkFailure() {
        return jdkFailure;
    }

    private interface Weaving {
        byte[] weave();
    }

    /**
     * A class that cannot be woven runs as it is: its stores are still seen, in the JDK, and attributed by walking the
     * stack. Only the client requests would be lost, and losing those must be told.
     */
    private byte[] guarded(String name, Weaving weaving) {
        try {
            return weaving.weave();
        } catch (RuntimeException | LinkageError e) {
            if (name.equals(RequestWeaver.API)) {
                runtime.gap("class " + name.replace('/', '.') + " could not be woven: " + e);
            }
            return null;
        }
    }
}
