package io.pmemcheckj.agent.transform;

import static org.junit.jupiter.api.Assertions.*;
import static org.objectweb.asm.Opcodes.ASM9;

import io.pmemcheckj.agent.RuntimeInjector;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.util.CheckClassAdapter;

/** Weaves the classes of the JDK that runs this test. */
class JdkWeaverTest {
    private static final Set<String> RUNTIME =
            Set.of(RuntimeInjector.HOOKS, RuntimeInjector.NATIVE_SYMBOLS, RuntimeInjector.NATIVE_CALLS);

    private static final JdkWeaver STORES = new JdkWeaver(false, false);
    private static final JdkWeaver LOADS = new JdkWeaver(false, true);
    private static final JdkWeaver VALUES = new JdkWeaver(true, false);
    private static final JdkWeaver ALL = new JdkWeaver(true, true);

    static Stream<String> classesOfThisJdk() {
        return ALL.classes().stream().filter(name -> original(name) != null).sorted();
    }

    private static byte[] original(String name) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("classesOfThisJdk")
    void wovenCodeVerifies(String name) {
        wovenCodeVerifies(ALL, name);
        if (STORES.covers(name)) {
            wovenCodeVerifies(STORES, name);
        }
    }

    private static void wovenCodeVerifies(JdkWeaver weaver, String name) {
        byte[] woven = weaver.weave(name, original(name));
        StringWriter complaints = new StringWriter();
        CheckClassAdapter.verify(new ClassReader(woven), null, false, new PrintWriter(complaints));
        assertEquals("", complaints.toString());
        // Once more against the stack map frames and the sizes that the class file declares.
        new ClassReader(woven).accept(new CheckClassAdapter(new ClassWriter(0)), 0);
    }

    @Test
    void theHooksAreWhereTheyBelong() {
        assertHooks("java/nio/MappedMemoryUtils", "force", "forceBegin", "forceEnd");
        assertHooks("sun/nio/ch/FileChannelImpl$Unmapper", "unmap", "unmapping");
        assertHooks("jdk/internal/misc/ScopedMemoryAccess", "putLong", "store");
        assertHooks("jdk/internal/misc/ScopedMemoryAccess", "compareAndSetInt", "storeIf");
        assertHooks("jdk/internal/misc/ScopedMemoryAccess", "compareAndExchangeLong", "exchange");
        assertHooks("jdk/internal/misc/ScopedMemoryAccess", "setMemory", "bulk");
        assertHooks("jdk/internal/misc/ScopedMemoryAccess", "getLong");
        assertHooks("jdk/internal/misc/ScopedMemoryAccess", "putReference");
        assertHooks("java/nio/DirectByteBuffer", "put");
        assertTrue(hooks("sun/nio/ch/FileChannelImpl", "mapInternal").containsAll(List.of("mapSync", "mapped")));
        assertTrue(hooks("sun/misc/Unsafe", "putOrderedLong").contains("rawStore"));
        assertFalse(hooks("java/nio/DirectByteBuffer", "<init>").isEmpty());
        assertHooks("jdk/internal/loader/NativeLibraries$NativeLibraryImpl", "find", "found");
        assertHooks("java/util/zip/Inflater", "inflate", "received");
        assertHooks("java/util/zip/Deflater", "deflate", "received");
        assertHooks("sun/nio/ch/DatagramChannelImpl", "receiveIntoNativeBuffer", "received");
        assertHooks("sun/nio/fs/UnixNativeDispatcher", "fgetxattr", "received");
        assertHooks("sun/nio/fs/UnixNativeDispatcher", "open", "opening", "opened");
        assertHooks("sun/nio/fs/UnixNativeDispatcher", "unlink", "removing", "removed");
        assertHooks("sun/nio/fs/UnixNativeDispatcher", "rename", "renamed");
        assertHooks("java/io/RandomAccessFile", "open", "opening", "opened");
        assertHooks("java/io/FileOutputStream", "open", "opening", "opened");
        assertHooks("java/io/File", "createNewFile", "created");
        assertHooks("java/io/File", "createTempFile", "created");
        assertHooks("java/io/File", "renameTo", "renamed");
        assertHooks("java/io/File", "delete", "removing", "removed");
        String vectorStore = Runtime.version().feature() < 21 ? "storeIntoByteBuffer" : "storeIntoMemorySegmentMasked";
        assertHooks("jdk/internal/misc/ScopedMemoryAccess", vectorStore, "vectorBegin", "vectorEnd");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void nativeFunctionsAreWatchedWhereJavaCallsThem() {
        assertHooks("jdk/internal/loader/RawNativeLibraries$RawNativeLibraryImpl", "find", "found");
        assertHooks("jdk/internal/foreign/abi/AbstractLinker", "downcallHandle", "bound", "unbound");
    }

    private static void assertHooks(String owner, String method, String... expected) {
        assertEquals(Set.of(expected), hooks(owner, method), owner + "." + method);
    }

    @Test
    void loadsAreReportedWhereTheyAreRecorded() {
        assertEquals(Set.of("load"), hooks(LOADS, "jdk/internal/misc/ScopedMemoryAccess", "getLong"));
        assertEquals(
                Set.of("load", "storeIf"), hooks(LOADS, "jdk/internal/misc/ScopedMemoryAccess", "compareAndSetInt"));
        assertEquals(Set.of("bulkLoad", "bulk"), hooks(LOADS, "jdk/internal/misc/ScopedMemoryAccess", "copyMemory"));
        assertEquals(Set.of("compared"), hooks(LOADS, "jdk/internal/misc/ScopedMemoryAccess", "vectorizedMismatch"));
        assertEquals(Set.of(), hooks(LOADS, "jdk/internal/misc/ScopedMemoryAccess", "getReference"));
        assertEquals(Set.of("rawLoad"), hooks(LOADS, "sun/misc/Unsafe", "getLongVolatile"));
        assertEquals(Set.of("rawLoad"), hooks(LOADS, "sun/misc/Unsafe", "getAddress"));
        assertEquals(Set.of(), hooks(LOADS, "sun/misc/Unsafe", "getLoadAverage"));
        assertEquals(Set.of("sent"), hooks(LOADS, "sun/nio/ch/SocketDispatcher", "write"));
        assertEquals(Set.of("reading"), hooks(LOADS, "java/util/zip/CRC32C", "update"));
        assertEquals(Set.of("read", "readByte"), hooks(LOADS, "java/io/FileInputStream", "read"));
        assertEquals(Set.of("read", "readByte"), hooks(LOADS, "java/io/RandomAccessFile", "read"));
        assertEquals(Set.of("reading"), hooks(LOADS, "java/util/zip/Inflater", "setInput"));
        String vectorLoad = Runtime.version().feature() < 21 ? "loadFromByteBuffer" : "loadFromMemorySegmentMasked";
        assertEquals(
                Set.of("vectorLoadBegin", "vectorEnd"),
                hooks(LOADS, "jdk/internal/misc/ScopedMemoryAccess", vectorLoad));
    }

    @Test
    void filesAreReportedBeforeTheyAreChangedWhereValuesAreRecorded() {
        String files = Runtime.version().feature() < 21 ? "FileDispatcherImpl" : "UnixFileDispatcherImpl";
        for (String method : List.of("write", "pwrite")) {
            assertEquals(Set.of("changing", "written"), hooks(VALUES, "sun/nio/ch/" + files, method));
        }
        assertEquals(Set.of("changing", "writtenVectors"), hooks(VALUES, "sun/nio/ch/" + files, "writev"));
        assertEquals(Set.of("changing", "resized"), hooks(VALUES, "sun/nio/ch/" + files, "truncate"));
        assertEquals(Set.of("changing", "written"), hooks(VALUES, "java/io/FileOutputStream", "write"));
        assertEquals(Set.of("changing", "written"), hooks(VALUES, "java/io/RandomAccessFile", "writeBytes"));
        assertHooks("java/io/FileOutputStream", "write", "written");
        assertEquals(Set.of("renaming", "renamed"), hooks(VALUES, "sun/nio/fs/UnixNativeDispatcher", "rename"));
        assertEquals(Set.of("renaming", "renamed"), hooks(VALUES, "java/io/File", "renameTo"));
        if (Runtime.version().feature() < 21) {
            assertEquals(
                    Set.of("changing", "copied"),
                    hooks(VALUES, "sun/nio/ch/FileChannelImpl", "transferToDirectlyInternal"));
            assertEquals(Set.of("copied"), hooks(VALUES, "sun/nio/fs/UnixCopyFile", "copyFile"));
        } else {
            assertEquals(Set.of("changing", "copied"), hooks(VALUES, "sun/nio/ch/FileDispatcherImpl", "transferTo"));
            assertEquals(Set.of("changing", "copied"), hooks(VALUES, "sun/nio/ch/FileDispatcherImpl", "transferFrom"));
            assertEquals(Set.of("copied"), hooks(VALUES, "sun/nio/fs/UnixFileSystem", "copyFile"));
        }
    }

    /** Names of the hooks that the methods of a name call. */
    private static Set<String> hooks(String owner, String method) {
        return hooks(STORES, owner, method);
    }

    private static Set<String> hooks(JdkWeaver weaver, String owner, String method) {
        Set<String> called = new TreeSet<>();
        new ClassReader(weaver.weave(owner, original(owner)))
                .accept(
                        new ClassVisitor(ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return !name.equals(method)
                                        ? null
                                        : new MethodVisitor(ASM9) {
                                            @Override
                                            public void visitMethodInsn(
                                                    int opcode,
                                                    String owner,
                                                    String hook,
                                                    String type,
                                                    boolean isInterface) {
                                                if (RUNTIME.contains(owner)) {
                                                    called.add(hook);
                                                }
                                            }
                                        };
                            }
                        },
                        0);
        return called;
    }

    @Test
    void everyStoringMethodOfTheScopedAccessReports() {
        Set<String> silent = new TreeSet<>();
        new ClassReader(original("jdk/internal/misc/ScopedMemoryAccess"))
                .accept(
                        new ClassVisitor(ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                boolean stores = name.startsWith("put")
                                        || name.startsWith("getAnd")
                                        || name.startsWith("compareAnd")
                                        || name.startsWith("weakCompare")
                                        || name.startsWith("copy")
                                        || name.equals("setMemory");
                                if (stores
                                        && !name.contains("Reference")
                                        && !name.endsWith("Internal")
                                        && StoreHook.of(name, descriptor, name.startsWith("copy") ? 2 : 1) == null) {
                                    silent.add(name + descriptor);
                                }
                                return null;
                            }
                        },
                        0);
        assertEquals(Set.of(), silent);
    }

    @Test
    void everyLoadingMethodOfTheScopedAccessReports() {
        Set<String> silent = new TreeSet<>();
        new ClassReader(original("jdk/internal/misc/ScopedMemoryAccess"))
                .accept(
                        new ClassVisitor(ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                boolean loads = name.startsWith("get")
                                        || name.startsWith("compareAnd")
                                        || name.startsWith("weakCompare")
                                        || name.startsWith("copyMemory");
                                if (loads
                                        && !name.contains("Reference")
                                        && !name.endsWith("Internal")
                                        && !name.equals("getScopedMemoryAccess")
                                        && LoadHook.of(name, descriptor, name.startsWith("copy") ? 2 : 1) == null) {
                                    silent.add(name + descriptor);
                                }
                                return null;
                            }
                        },
                        0);
        assertEquals(Set.of(), silent);
    }

    @Test
    void onlyTheTableIsCovered() {
        assertTrue(STORES.covers("java/nio/DirectByteBuffer"));
        assertFalse(STORES.covers("java/nio/HeapByteBuffer"));
        assertFalse(STORES.covers("java/util/zip/CRC32"));
        assertTrue(LOADS.covers("java/util/zip/CRC32"));
        assertThrows(
                IllegalArgumentException.class,
                () -> STORES.weave("java/nio/HeapByteBuffer", original("java/nio/HeapByteBuffer")));
    }
}
