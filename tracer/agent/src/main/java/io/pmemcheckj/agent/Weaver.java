package io.pmemcheckj.agent;

import io.pmemcheckj.agent.jfr.FlightRecording;
import io.pmemcheckj.agent.model.Libraries;
import io.pmemcheckj.agent.transform.ApiAnnotations;
import io.pmemcheckj.agent.transform.CallSiteWeaver;
import io.pmemcheckj.agent.transform.DeclaredOrders;
import io.pmemcheckj.agent.transform.DeclaredSuppressions;
import io.pmemcheckj.agent.transform.HandOffWeaver;
import io.pmemcheckj.agent.transform.JdkWeaver;
import io.pmemcheckj.agent.transform.ProcessStarts;
import io.pmemcheckj.agent.transform.RequestWeaver;
import io.pmemcheckj.agent.transform.VolatileFields;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;

/** Decides for each class that is loaded what is woven into it. */
final class Weaver implements ClassFileTransformer, UnaryOperator<byte[]> {
    private final RuntimeLink runtime;
    private final Libraries libraries;
    private final JdkWeaver jdk;
    private final boolean loads;
    private final boolean children;
    private final InternalUnsafeBridge internalUnsafe;
    /** Null where hand-offs between threads are not recorded. */
    private final VolatileFields fields;

    private volatile Throwable jdkFailure;
    /** To begin when the JVM records; null where it has begun, or is not to. */
    private volatile FlightRecording recording;

    /**
     * @param values whether the bytes stored are recorded, too
     * @param loads whether loads are recorded, too, and what synchronizes threads
     * @param children whether JVMs that the program starts are traced, too
     */
    Weaver(RuntimeLink runtime, Libraries libraries, boolean values, boolean loads, boolean children) {
        this.runtime = runtime;
        this.libraries = libraries;
        this.loads = loads;
        this.children = children;
        jdk = new JdkWeaver(values, loads);
        fields = loads ? new VolatileFields(runtime::volatileField) : null;
        internalUnsafe = new InternalUnsafeBridge(runtime, loads);
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
            if (name.equals(FlightRecording.FIRST_SIGN)) {
                beginRecording();
            }
            return coversJdk(name) ? weaveJdk(name, original) : null;
        }
        return isOurs(name) ? null : weaveProgram(loader, name, domain, original);
    }

    /** To begin when JDK Flight Recorder is about to be initialized. */
    void takePartIn(FlightRecording newRecording) {
        recording = newRecording;
    }

    private void beginRecording() {
        FlightRecording begins = recording;
        recording = null;
        if (begins != null) {
            begins.beginAside();
        }
    }

    /** True for a class of the JDK that is woven. */
    boolean coversJdk(String name) {
        return jdk.covers(name)
                || fields != null && HandOffWeaver.coversJdk(name)
                || children && ProcessStarts.covers(name);
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
            if (ProcessStarts.covers(name)) {
                return ProcessStarts.weave(original);
            }
            return jdk.covers(name) ? jdk.weave(name, original) : HandOffWeaver.weave(original, fields);
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
        boolean isApi = RequestWeaver.isOfRequests(name);
        try {
            if (isApi) {
                return RequestWeaver.weave(original);
            }
            ApiAnnotations.read(original, this::annotated);
            byte[] handingOff = fields == null ? original : withHandOffs(name, original);
            byte[] woven = CallSiteWeaver.weave(
                    handingOff, runtime, internalUnsafe, libraries.of(loader, name, domain, original), loads);
            return woven == null && handingOff != original ? handingOff : woven;
        } catch (RuntimeException | Error e) {
            runtime.distrustMarks();
            if (isApi || internalUnsafe.isMissing() || libraries.hasMethodsOf(name)) {
                notWoven(name, e);
            }
            return null;
        }
    }

    private void annotated(String type, String className, String method, Map<String, Object> values) {
        DeclaredOrders.annotated(type, className, method, values, runtime);
        DeclaredSuppressions.annotated(type, className, method, values, runtime::property);
    }

    private byte[] withHandOffs(String name, byte[] original) {
        try {
            return HandOffWeaver.weave(original, fields);
        } catch (RuntimeException | Error e) {
            notWoven(name, e);
            return original;
        }
    }

    /** Weaves a hidden class. */
    @Override
    public byte[] apply(byte[] original) {
        String name = new ClassReader(original).getClassName();
        if (isOurs(name)) {
            return original;
        }
        byte[] woven = CallSiteWeaver.weaveHidden(original, runtime, internalUnsafe, libraries.ofHidden(), loads);
        return woven == null ? original : woven;
    }

    private void notWoven(String name, Throwable cause) {
        runtime.gap("class " + name.replace('/', '.') + " could not be woven: " + cause);
    }
}
