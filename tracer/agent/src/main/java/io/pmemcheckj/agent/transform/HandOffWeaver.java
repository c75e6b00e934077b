package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Reports what synchronizes threads (The Java Language Specification, 17.4.4), where loads are recorded: a release before a
 * monitor is left, a volatile variable written or a thread started, an acquire after the counterpart. Woven into the program
 * and into the JDK's java.util.concurrent, whose locks, queues, futures and executors are nothing else underneath.
 *
 * <p>The object that stands for a variable is the one whose field or element it is. Too much order is harmless, too little
 * raises false alarms. What is left out: a synchronized method that ends with an exception does not release, nor do volatile
 * stores in constructors, nor fields by reflection.
 */
public final class HandOffWeaver {
    private static final String CONCURRENT = "java/util/concurrent/";
    private static final Set<String> OTHERS = Set.of(
            "java/util/Vector",
            "java/util/Stack",
            "java/util/Hashtable",
            "java/util/Timer",
            "java/util/TimerThread",
            "java/util/TaskQueue",
            "java/io/PipedInputStream",
            "java/io/PipedOutputStream",
            "java/io/PipedReader",
            "java/io/PipedWriter");
    /** Its queues of tasks are written plainly and read with acquire: what orders the two is a field written later. */
    private static final String WORK_QUEUE = "java/util/concurrent/ForkJoinPool$WorkQueue";

    private static final String WRAPPERS = "java/util/Collections$Synchronized";
    private static final String THREAD = "java/lang/Thread";
    private static final String VIRTUAL_THREAD = "java/lang/VirtualThread";

    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    private static final Set<String> UNSAFES = Set.of("sun/misc/Unsafe", "jdk/internal/misc/Unsafe");

    private final ClassNode type = new ClassNode();
    private final VolatileFields fields;
    private boolean changed;

    private HandOffWeaver(byte[] original, VolatileFields fields) {
        new ClassReader(original).accept(type, 0);
        this.fields = fields;
    }

    /** True for a class of the JDK that is woven. */
    public static boolean coversJdk(String name) {
        return name.startsWith(CONCURRENT)
                || name.startsWith(WRAPPERS)
                || OTHERS.contains(name)
                || name.equals(THREAD)
                || name.equals(VIRTUAL_THREAD);
    }

    /**
     * Weaves a class.
     *
     * @param fields those of all classes
     * @return the woven class file, or the very array when there is nothing to weave
     * @throws RuntimeException where it cannot be woven
     */
    public static byte[] weave(byte[] original, VolatileFields fields) {
        HandOffWeaver weaver = new HandOffWeaver(original, fields);
        fields.declare(weaver.type);
        boolean isThread = weaver.type.name.equals(THREAD) || weaver.type.name.equals(VIRTUAL_THREAD);
        for (MethodNode method : weaver.type.methods) {
            if (isThread) {
                weaver.weaveThread(method);
            } else {
                weaver.weave(method);
            }
        }
        if (!weaver.changed) {
            return original;
        }
        ClassWriter writer = new ClassWriter(0);
        weaver.type.accept(writer);
        return writer.toByteArray();
    }

    /** Threads: only their start, their end and the waiting for it; all else in them is too close to the VM. */
    private void weaveThread(MethodNode method) {
        if ((method.access & (ACC_STATIC | ACC_NATIVE | ACC_ABSTRACT)) != 0) {
            return;
        }
        boolean virtual = type.name.equals(VIRTUAL_THREAD);
        switch (method.name) {
            case "start" -> atEntry(method, "release");
            case "exit" -> atEntry(method, "release");
            case "join", "joinNanos" -> beforeReturns(method, "acquire");
            case "run" -> {
                if (virtual) {
                    beforeUnmount(method);
                }
            }
            default -> {}
        }
    }

    private void atEntry(MethodNode method, String action) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(ALOAD, 0));
        code.add(call(action));
        method.instructions.insert(code);
        grow(method, 1, 0);
    }

    private void beforeReturns(MethodNode method, String action) {
        for (AbstractInsnNode at : method.instructions.toArray()) {
            if (at.getOpcode() >= IRETURN && at.getOpcode() <= RETURN) {
                InsnList code = new InsnList();
                code.add(new VarInsnNode(ALOAD, 0));
                code.add(call(action));
                method.instructions.insertBefore(at, code);
            }
        }
        grow(method, 1, 0);
    }

    /** The end of a virtual thread, as long as it is the current one. */
    private void beforeUnmount(MethodNode method) {
        for (AbstractInsnNode at : method.instructions.toArray()) {
            if (at instanceof MethodInsnNode call && call.name.equals("unmount")) {
                InsnList code = new InsnList();
                code.add(new VarInsnNode(ALOAD, 0));
                code.add(call("release"));
                method.instructions.insertBefore(at, code);
            }
        }
        grow(method, 1, 0);
    }

    private void grow(MethodNode method, int stack, int locals) {
        changed = true;
        method.maxStack += stack;
        method.maxLocals += locals;
    }

    private void weave(MethodNode method) {
        if ((method.access & (ACC_NATIVE | ACC_ABSTRACT)) != 0) {
            return;
        }
        int free = method.maxLocals;
        int locals = 0;
        boolean any = false;
        boolean isSynchronized = (method.access & ACC_SYNCHRONIZED) != 0;
        for (AbstractInsnNode at : method.instructions.toArray()) {
            int opcode = at.getOpcode();
            if (opcode == MONITORENTER) {
                method.instructions.insertBefore(at, new InsnNode(DUP));
                method.instructions.insert(at, call("acquireMonitor"));
                any = true;
            } else if (opcode == MONITOREXIT) {
                InsnList code = new InsnList();
                code.add(new InsnNode(DUP));
                code.add(call("releaseMonitor"));
                method.instructions.insertBefore(at, code);
                any = true;
            } else if (opcode == AASTORE && type.name.equals(WORK_QUEUE)) {
                method.instructions.insertBefore(at, releaseArray(free));
                locals = Math.max(locals, 2);
                any = true;
            } else if (at instanceof FieldInsnNode field) {
                any |= weaveField(method, field);
            } else if (at instanceof MethodInsnNode call) {
                int used = weaveCall(method, call, free);
                any |= used > 0;
                locals = Math.max(locals, used);
            } else if (isSynchronized && opcode >= IRETURN && opcode <= RETURN) {
                method.instructions.insertBefore(at, monitor(method, "releaseMonitor"));
                any = true;
            }
        }
        if (isSynchronized) {
            method.instructions.insert(monitor(method, "acquireMonitor"));
            any = true;
        }
        if (any) {
            grow(method, 5, locals);
        }
    }

    /** Before a store to an array, whose index and value make room for a moment. */
    private static InsnList releaseArray(int free) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(ASTORE, free));
        code.add(new VarInsnNode(ISTORE, free + 1)); // array
        code.add(new InsnNode(DUP));
        code.add(call("release"));
        code.add(new VarInsnNode(ILOAD, free + 1));
        code.add(new VarInsnNode(ALOAD, free)); // array index value
        return code;
    }

    /** The monitor of a synchronized method. */
    private InsnList monitor(MethodNode method, String action) {
        InsnList code = new InsnList();
        if ((method.access & ACC_STATIC) == 0) {
            code.add(new VarInsnNode(ALOAD, 0)); // what javac never stores to
        } else if ((type.version & 0xffff) >= V1_5) {
            code.add(new LdcInsnNode(Type.getObjectType(type.name)));
        } else {
            return code;
        }
        code.add(call(action));
        return code;
    }

    private static MethodInsnNode call(String action) {
        return new MethodInsnNode(INVOKESTATIC, RuntimeInjector.HAND_OFFS, action, "(Ljava/lang/Object;)V", false);
    }

    private static MethodInsnNode call(String action, String descriptor) {
        return new MethodInsnNode(INVOKESTATIC, RuntimeInjector.HAND_OFFS, action, descriptor, false);
    }

    private boolean weaveField(MethodNode method, FieldInsnNode field) {
        boolean own = field.owner.equals(type.name);
        boolean known = own && declares(field.name);
        if (known && !isVolatile(field.name) || !known && isJdkClass(field.owner) && !coversJdk(field.owner)) {
            return false;
        }
        int number = fields.number(field.owner, field.name);
        boolean wide = Type.getType(field.desc).getSize() == 2;
        InsnList before = new InsnList();
        InsnList after = new InsnList();
        switch (field.getOpcode()) {
            case PUTFIELD -> {
                if (method.name.equals("<init>")) {
                    return false; // of an object that may not be initialized yet
                }
                if (wide) { // o v v
                    before.add(new InsnNode(DUP2_X1));
                    before.add(new InsnNode(POP2)); // v v o
                    before.add(new InsnNode(DUP_X2)); // o v v o
                } else {
                    before.add(new InsnNode(DUP2));
                    before.add(new InsnNode(POP)); // o v o
                }
                before.add(new LdcInsnNode(number));
                before.add(call("release", "(Ljava/lang/Object;I)V"));
            }
            case GETFIELD -> {
                before.add(new InsnNode(DUP));
                if (wide) { // o v v
                    after.add(new InsnNode(DUP2_X1));
                    after.add(new InsnNode(POP2)); // v v o
                } else {
                    after.add(new InsnNode(SWAP));
                }
                after.add(new LdcInsnNode(number));
                after.add(call("acquire", "(Ljava/lang/Object;I)V"));
            }
            case PUTSTATIC -> {
                before.add(new LdcInsnNode(number));
                before.add(call("releaseStatic", "(I)V"));
            }
            default -> {
                after.add(new LdcInsnNode(number));
                after.add(call("acquireStatic", "(I)V"));
            }
        }
        method.instructions.insertBefore(field, before);
        method.instructions.insert(field, after);
        return true;
    }

    private boolean declares(String name) {
        return type.fields.stream().anyMatch(field -> field.name.equals(name));
    }

    private boolean isVolatile(String name) {
        for (FieldNode field : type.fields) {
            if (field.name.equals(name)) {
                return VolatileFields.isVolatile(type, field);
            }
        }
        return false;
    }

    private static boolean isJdkClass(String owner) {
        return owner.startsWith("java/")
                || owner.startsWith("javax/")
                || owner.startsWith("jdk/")
                || owner.startsWith("sun/");
    }

    /**
     * Weaves a call, if it is one that synchronizes: its arguments go to locals for a moment, as the object is the first of
     * them.
     *
     * @param free first local that the method does not use
     * @return number of locals used, 0 when the call is left alone
     */
    private int weaveCall(MethodNode method, MethodInsnNode call, int free) {
        Access access = access(call);
        if (access == null) {
            return 0;
        }
        Type[] arguments = Type.getArgumentTypes(call.desc);
        int local = free;
        if (call.getOpcode() != INVOKESTATIC) {
            local++;
        }
        for (Type argument : arguments) {
            local += argument.getSize();
        }
        int used = local - free;
        InsnList before = new InsnList();
        for (int i = arguments.length - 1; i >= 0; i--) {
            local -= arguments[i].getSize();
            before.add(new VarInsnNode(arguments[i].getOpcode(ISTORE), local));
        }
        before.add(new VarInsnNode(ASTORE, free)); // the receiver
        int object = access.firstArgument() ? free + 1 : free;
        String monitor = call.name.equals("wait") ? "Monitor" : "";
        if (access.releases()) {
            before.add(new VarInsnNode(ALOAD, object));
            before.add(call("release" + monitor));
        }
        before.add(new VarInsnNode(ALOAD, free));
        for (Type argument : arguments) {
            before.add(new VarInsnNode(argument.getOpcode(ILOAD), local));
            local += argument.getSize();
        }
        method.instructions.insertBefore(call, before);
        if (access.acquires()) {
            InsnList after = new InsnList();
            after.add(new VarInsnNode(ALOAD, object));
            after.add(call("acquire" + monitor));
            method.instructions.insert(call, after);
        }
        return used;
    }

    /**
     * How a call synchronizes.
     *
     * @param firstArgument whether by its first argument, and not by what it is called on
     */
    private record Access(boolean releases, boolean acquires, boolean firstArgument) {}

    private Access access(MethodInsnNode call) {
        if (call.getOpcode() == INVOKESTATIC) {
            return null;
        }
        if (call.name.equals("isAlive") && call.owner.equals(THREAD)) {
            return new Access(false, true, false); // at the call, as the tracer asks threads that, too
        }
        if (call.name.equals("wait") && call.owner.equals("java/lang/Object")) {
            return new Access(true, true, false);
        }
        boolean isHandle = call.owner.equals(VAR_HANDLE) && call.getOpcode() == INVOKEVIRTUAL;
        if (!isHandle && !UNSAFES.contains(call.owner)) {
            return null;
        }
        String name = call.name;
        Type[] arguments = Type.getArgumentTypes(call.desc);
        int values;
        boolean releases = true;
        boolean acquires = true;
        if (name.startsWith("compareAnd") || name.startsWith("weakCompareAnd")) {
            values = 2;
        } else if (name.startsWith("getAnd")) {
            values = 1;
        } else if (name.startsWith("get") && isOrdered(name)) {
            values = 0;
            releases = false;
        } else if ((name.startsWith("set") || name.startsWith("put")) && isOrdered(name)
                || name.equals("putReference") && type.name.equals(WORK_QUEUE)) {
            values = 1;
            acquires = false;
        } else {
            return null;
        }
        if (!isHandle) {
            // (object, offset, …); an address alone is memory, which other hooks see
            return arguments.length >= 2 && arguments[0].getSort() == Type.OBJECT
                    ? new Access(releases, acquires, true)
                    : null;
        }
        boolean hasObject = arguments.length > values && arguments[0].getSort() >= Type.ARRAY;
        if (hasObject && arguments[0].getInternalName().endsWith("/MemorySegment")) {
            return null; // memory, too
        }
        return new Access(releases, acquires, hasObject);
    }

    private static boolean isOrdered(String name) {
        return name.endsWith("Volatile")
                || name.endsWith("Acquire")
                || name.endsWith("Release")
                || name.endsWith("Opaque")
                || name.startsWith("putOrdered");
    }
}
