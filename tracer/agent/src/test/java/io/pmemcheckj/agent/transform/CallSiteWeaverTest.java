package io.pmemcheckj.agent.transform;

import static org.junit.jupiter.api.Assertions.*;
import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.util.CheckClassAdapter;

class CallSiteWeaverTest {
    private static final int FIRST = 40_000; // does not fit into sipush

    private final List<String> places = new ArrayList<>();
    private final Set<Integer> guarding = new TreeSet<>();
    private final CallSiteWeaver.SiteNumbers numbers = (className, file, methods, lines, guards) -> {
        for (int i = 0; i < methods.length; i++) {
            places.add(className + "." + methods[i] + "(" + file + ":" + lines[i] + ")");
            if (guards != null && guards[i]) {
                guarding.add(FIRST + i);
            }
        }
        return FIRST;
    };

    @BeforeEach
    void forgetCalls() {
        RecordingHooks.CALLS.clear();
    }

    private byte[] weave(byte[] original) {
        return CallSiteWeaver.weave(
                original, numbers, (name, descriptor) -> name.equals("putLong"), LibraryCalls.NO_LIBRARIES, false);
    }

    private byte[] weaveWithLoads(byte[] original) {
        return CallSiteWeaver.weave(original, numbers, (name, descriptor) -> false, LibraryCalls.NO_LIBRARIES, true);
    }

    private static byte[] original(Class<?> type) {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void verify(byte[] woven) {
        StringWriter complaints = new StringWriter();
        CheckClassAdapter.verify(
                new ClassReader(woven), CallSiteWeaverTest.class.getClassLoader(), false, new PrintWriter(complaints));
        assertEquals("", complaints.toString());
    }

    /** Defines woven classes, with the recording hooks in the place of the runtime's; the JVM verifies them once more. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes = new HashMap<>();

        Loader add(byte[] woven) {
            ClassReader reader = new ClassReader(woven);
            ClassWriter writer = new ClassWriter(0);
            reader.accept(
                    new ClassRemapper(
                            writer,
                            new SimpleRemapper(
                                    ASM9,
                                    RuntimeInjector.HOOKS,
                                    RecordingHooks.class.getName().replace('.', '/'))),
                    0);
            classes.put(reader.getClassName().replace('/', '.'), writer.toByteArray());
            return this;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] woven = classes.get(name);
            if (woven == null) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defineClass(name, woven, 0, woven.length);
        }
    }

    private static Object run(Class<?> type) throws Exception {
        Constructor<?> constructor = type.getDeclaredConstructor();
        return ((Callable<?>) constructor.newInstance()).call();
    }

    @ParameterizedTest
    @ValueSource(classes = {Woven.WideArguments.class, Woven.Branches.class, Woven.TryFinally.class})
    void wovenCodeDoesWhatTheOriginalDoes(Class<?> type) throws Exception {
        byte[] woven = weave(original(type));
        verify(woven);
        Object result = run(new Loader().add(woven).loadClass(type.getName()));
        assertEquals(run(type), result);
        List<Integer> calls = RecordingHooks.CALLS;
        assertEquals(0, calls.get(calls.size() - 1), "the mark is taken back at return: " + calls);
        Set<Integer> sites = new HashSet<>(calls);
        sites.remove(0);
        for (int site : sites) {
            assertTrue(site >= FIRST && site < FIRST + places.size(), site + " is no site of " + places);
        }
        assertFalse(sites.isEmpty(), calls.toString());
    }

    @Test
    void aStoreBeforeSuperIsMarked() throws Exception {
        // The class above must come from the same loader, for its constructor is package-private.
        Loader loader = new Loader().add(original(Woven.Base.class));
        byte[] woven = weave(original(Woven.BeforeSuper.class));
        verify(woven);
        Object result = run(loader.add(woven).loadClass(Woven.BeforeSuper.class.getName()));
        assertEquals(7L, result);
        assertEquals(List.of(FIRST, FIRST + 1, 0), RecordingHooks.CALLS);
        assertEquals(2, places.size());
        assertTrue(places.get(0).matches(".*Woven\\$BeforeSuper\\.<init>\\(Woven\\.java:\\d+\\)"), places.toString());
    }

    @Test
    void staticAndDefaultMethodsOfInterfacesAreWoven() throws Exception {
        byte[] woven = weave(original(Woven.Storing.class));
        verify(woven);
        Class<?> storing = new Loader().add(woven).loadClass(Woven.Storing.class.getName());
        Object five = storing.getMethod("storeStatically", ByteBuffer.class).invoke(null, ByteBuffer.allocate(8));
        assertEquals(5, five);
        assertEquals(2, RecordingHooks.CALLS.size());
        assertEquals(2, places.size());
    }

    @Test
    void fencesAndSyncsAreReported() throws Exception {
        byte[] woven = weave(original(Woven.Fences.class));
        verify(woven);
        assertEquals("fenced", run(new Loader().add(woven).loadClass(Woven.Fences.class.getName())));
        assertEquals(List.of(FIRST, -1, FIRST + 1, -3, 0), RecordingHooks.CALLS);
    }

    @Test
    void aClassWithoutStoringCallsStaysAsItIs() {
        assertNull(weave(original(Woven.NothingToMark.class)));
        assertEquals(List.of(), places);
    }

    @Test
    void callsOfTheInternalUnsafeGoToTheirTwins() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_PUBLIC, "Direct", null, "java/lang/Object", null);
        MethodVisitor method =
                writer.visitMethod(ACC_STATIC, "store", "(L" + CallSiteWeaver.INTERNAL_UNSAFE + ";JJ)V", null, null);
        method.visitCode();
        for (String name : List.of("putLong", "putLongUnknown")) {
            method.visitVarInsn(ALOAD, 0);
            method.visitVarInsn(LLOAD, 1);
            method.visitVarInsn(LLOAD, 3);
            method.visitMethodInsn(INVOKEVIRTUAL, CallSiteWeaver.INTERNAL_UNSAFE, name, "(JJ)V", false);
        }
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();

        byte[] woven = weave(writer.toByteArray());
        verify(woven);
        List<String> calls = new ArrayList<>();
        new ClassReader(woven)
                .accept(
                        new ClassVisitor(ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return new MethodVisitor(ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String called, String type, boolean isInterface) {
                                        if (!owner.equals(RuntimeInjector.HOOKS)) {
                                            calls.add(owner + "." + called + type);
                                        }
                                    }
                                };
                            }
                        },
                        0);
        assertEquals(
                List.of(
                        RuntimeInjector.INTERNAL_UNSAFE + ".putLong(L" + CallSiteWeaver.INTERNAL_UNSAFE + ";JJ)V",
                        CallSiteWeaver.INTERNAL_UNSAFE + ".putLongUnknown(JJ)V"),
                calls);
    }

    /** Class files before 50 have no stack map frames, those of 50 need not have any (JVMS 4.10). */
    @ParameterizedTest
    @ValueSource(ints = {V1_4, V1_5, V1_6})
    void oldClassFilesWithoutFramesAreWoven(int version) throws Exception {
        byte[] woven = weave(storingInALoop(version, 3));
        verify(woven);
        Class<?> type = new Loader().add(woven).loadClass("Generated");
        ByteBuffer buffer = ByteBuffer.allocate(8);
        type.getMethod("store", ByteBuffer.class).invoke(null, buffer);
        assertEquals(3, buffer.position());
        assertEquals(List.of(FIRST, FIRST, FIRST, 0), RecordingHooks.CALLS);
    }

    private static byte[] storingInALoop(int version, int times) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        MethodVisitor method = begin(writer, version);
        Label loop = new Label();
        Label end = new Label();
        method.visitIntInsn(BIPUSH, times);
        method.visitVarInsn(ISTORE, 1);
        method.visitLabel(loop);
        method.visitVarInsn(ILOAD, 1);
        method.visitJumpInsn(IFEQ, end);
        put(method);
        method.visitIincInsn(1, -1);
        method.visitJumpInsn(GOTO, loop);
        method.visitLabel(end);
        return end(writer, method);
    }

    private static MethodVisitor begin(ClassWriter writer, int version) {
        writer.visit(version, ACC_PUBLIC | ACC_SUPER, "Generated", null, "java/lang/Object", null);
        writer.visitSource("Generated.java", null);
        MethodVisitor method =
                writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "store", "(Ljava/nio/ByteBuffer;)V", null, null);
        method.visitCode();
        return method;
    }

    private static void put(MethodVisitor method) {
        method.visitVarInsn(ALOAD, 0);
        method.visitInsn(ICONST_1);
        method.visitMethodInsn(INVOKEVIRTUAL, "java/nio/ByteBuffer", "put", "(B)Ljava/nio/ByteBuffer;", false);
        method.visitInsn(POP);
    }

    private static byte[] end(ClassWriter writer, MethodVisitor method) {
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** A method's code has less than 65536 bytes (JVMS 4.7.3). */
    @Test
    void aMethodWithoutRoomForMarksTakesThatOfItsCallerBack() throws Exception {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        MethodVisitor method = begin(writer, V17);
        int stores = 65_000 / 6;
        for (int i = 0; i < stores; i++) {
            put(method);
        }
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        method = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "second", "(Ljava/nio/ByteBuffer;)V", null, null);
        method.visitCode();
        line(method, 17);
        put(method);
        byte[] woven = weave(end(writer, method));
        verify(woven);
        Class<?> type = new Loader().add(woven).loadClass("Generated");
        ByteBuffer buffer = ByteBuffer.allocate(stores + 1);
        type.getMethod("store", ByteBuffer.class).invoke(null, buffer);
        assertEquals(List.of(0), RecordingHooks.CALLS);
        type.getMethod("second", ByteBuffer.class).invoke(null, buffer);
        assertEquals(List.of(0, FIRST + 1, 0), RecordingHooks.CALLS);
        assertEquals("Generated.second(Generated.java:17)", places.get(1));
    }

    @Test
    void aMethodWithoutAnyRoomIsRefused() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        MethodVisitor method = begin(writer, V17);
        for (int i = 0; i < 65_534 / 6; i++) {
            put(method);
        }
        for (int i = 0; i < 2; i++) {
            method.visitInsn(NOP);
        }
        byte[] full = end(writer, method);
        assertThrows(RuntimeException.class, () -> weave(full));
    }

    @Test
    void anExceptionTakesTheMarkBack() throws Exception {
        byte[] woven = weave(storingInALoop(V1_6, 1));
        Class<?> type = new Loader().add(woven).loadClass("Generated");
        assertThrows(
                InvocationTargetException.class,
                () -> type.getMethod("store", ByteBuffer.class).invoke(null, ByteBuffer.allocate(0)));
        assertEquals(List.of(FIRST, 0), RecordingHooks.CALLS);
    }

    /** As the JDK makes them for method references: nothing in them is a place to name. */
    @Test
    void hiddenCodeWithoutLinesTakesTheMarkBack() throws Exception {
        byte[] woven = CallSiteWeaver.weaveHidden(
                storingInALoop(V1_6, 2), numbers, (name, descriptor) -> false, LibraryCalls.NO_LIBRARIES, false);
        verify(woven);
        Class<?> type = new Loader().add(woven).loadClass("Generated");
        type.getMethod("store", ByteBuffer.class).invoke(null, ByteBuffer.allocate(2));
        assertEquals(List.of(0, 0, 0), RecordingHooks.CALLS);
        assertEquals(List.of(), places);
    }

    @ParameterizedTest
    @ValueSource(classes = {Woven.WideArguments.class, Woven.Branches.class, Woven.TryFinally.class})
    void loadsAreMarkedWhereTheyAreRecorded(Class<?> type) throws Exception {
        byte[] woven = weaveWithLoads(original(type));
        verify(woven);
        Object result = run(new Loader().add(woven).loadClass(type.getName()));
        assertEquals(run(type), result);
    }

    /** Every method of the class has one load; the names say which of them guard. */
    @Test
    void whatDecidesIsAGuard() throws Exception {
        byte[] woven = weaveWithLoads(original(Woven.Guards.class));
        verify(woven);
        Set<String> guards = new TreeSet<>();
        for (int site : guarding) {
            guards.add(methodOf(places.get(site - FIRST)));
        }
        Set<String> expected = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        for (java.lang.reflect.Method method : Woven.Guards.class.getDeclaredMethods()) {
            all.add(method.getName());
            if (method.getName().startsWith("guards")) {
                expected.add(method.getName());
            }
        }
        assertEquals(expected, guards);
        assertTrue(places.stream().map(CallSiteWeaverTest::methodOf).toList().containsAll(all));
    }

    private static String methodOf(String place) {
        return place.substring(place.indexOf("Guards.") + 7, place.indexOf('('));
    }

    @Test
    void aGuardSharesItsLineButNotItsNumber() throws Exception {
        Class<?> type = new Loader()
                .add(weaveWithLoads(original(Woven.GuardAndData.class)))
                .loadClass(Woven.GuardAndData.class.getName());
        RecordingHooks.CALLS.clear();
        run(type);
        List<Integer> marks =
                RecordingHooks.CALLS.stream().filter(site -> site > 0).toList();
        assertEquals(3, marks.size());
        assertEquals(Set.of(marks.get(1)), guarding);
        assertEquals(places.get(marks.get(1) - FIRST), places.get(marks.get(2) - FIRST));
    }

    @Test
    void callsThatMayStoreAreKnown() {
        String buffers = "(Ljava/nio/ByteBuffer;Ljava/nio/ByteBuffer;)Ljavax/net/ssl/SSLEngineResult;";
        assertTrue(StoringCalls.contains(INVOKEVIRTUAL, "javax/net/ssl/SSLEngine", "unwrap", buffers));
        assertTrue(StoringCalls.contains(INVOKEVIRTUAL, "a/MyInflater", "inflate", "(Ljava/nio/ByteBuffer;)I"));
        assertTrue(StoringCalls.contains(
                INVOKEINTERFACE, "java/lang/foreign/SegmentAllocator", "allocate", "(J)L" + SEGMENT + ";"));
        assertTrue(StoringCalls.contains(INVOKEVIRTUAL, "java/nio/charset/CharsetDecoder", "decode", buffers));
        assertFalse(
                StoringCalls.contains(INVOKEINTERFACE, SEGMENT, "get", "(Ljava/lang/foreign/ValueLayout$OfInt;J)I"));
        assertFalse(StoringCalls.contains(INVOKESTATIC, "a/Program", "put", "(Ljava/nio/ByteBuffer;)V"));
        assertFalse(StoringCalls.contains(INVOKEVIRTUAL, "a/Program", "view", "()Ljava/nio/ByteBuffer;"));
        assertFalse(StoringCalls.contains(INVOKEVIRTUAL, "java/nio/ByteBuffer", "getLong", "(I)J"));
        assertFalse(StoringCalls.contains(INVOKEVIRTUAL, "java/util/ArrayList", "add", "(Ljava/lang/Object;)Z"));
    }

    private static final String SEGMENT = "java/lang/foreign/MemorySegment";

    private static void line(MethodVisitor method, int number) {
        Label here = new Label();
        method.visitLabel(here);
        method.visitLineNumber(number, here);
    }

    @Test
    void aLongMethodIsWovenWhereThereIsRoom() throws Exception {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        MethodVisitor method = begin(writer, V17);
        int stores = 3_000;
        for (int i = 0; i < stores; i++) {
            put(method);
        }
        byte[] woven = weave(end(writer, method));
        verify(woven);
        ByteBuffer buffer = ByteBuffer.allocate(stores);
        new Loader()
                .add(woven)
                .loadClass("Generated")
                .getMethod("store", ByteBuffer.class)
                .invoke(null, buffer);
        assertEquals(stores, buffer.position());
        assertEquals(stores + 1, RecordingHooks.CALLS.size());
        assertEquals(1, places.size(), "calls on one line share a number");
    }

    @Test
    void aMarkedStoreThatThrowsStillThrows() throws Exception {
        byte[] woven = weave(storingInALoop(V1_6, 3));
        Class<?> type = new Loader().add(woven).loadClass("Generated");
        InvocationTargetException thrown = assertThrows(
                InvocationTargetException.class,
                () -> type.getMethod("store", ByteBuffer.class).invoke(null, ByteBuffer.allocate(2)));
        assertInstanceOf(java.nio.BufferOverflowException.class, thrown.getCause());
    }
}
