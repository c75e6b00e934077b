package matrix;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Who stores: the place is that of the nearest frame outside the JDK, however it came to run. */
public final class Callers {
    private static final MethodHandle PUT_LONG = find(ByteBuffer.class, "putLong", int.class, long.class);
    private static final MethodHandle PUT_INT = find(ByteBuffer.class, "putInt", int.class, int.class);

    private Callers() {}

    private static MethodHandle find(Class<?> owner, String name, Class<?>... parameters) {
        try {
            return MethodHandles.lookup().findVirtual(owner, name, MethodType.methodType(owner, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void add(Rows t) throws Exception {
        reflection(t);
        functions(t);
        callbacks(t);
        objects(t);
        collected(t);
        t.row("shutdown hook", 8, m -> m.buffer.putLong(m.at, m.longValue)).inShutdownHook();
    }

    private static void reflection(Rows t) throws Exception {
        Method method = ByteBuffer.class.getMethod("putLong", int.class, long.class);
        Method own = Callers.class.getDeclaredMethod("store", Memory.class);
        MethodHandle bound = MethodHandles.insertArguments(PUT_LONG, 2, 0x8181818181818181L);
        MethodHandle handle = MethodHandles.lookup().unreflect(own);
        t.row("Method.invoke", 8, m -> method.invoke(m.buffer, m.at, m.longValue));
        t.row("Method.invoke of the program's own", 8, m -> own.invoke(null, m)).storedAt("store");
        t.row("MethodHandle.invoke", 8, m -> PUT_LONG.invoke((ByteBuffer) m.buffer, m.at, m.longValue));
        t.row("MethodHandle.invokeExact", 4, m -> { ByteBuffer b = (ByteBuffer) PUT_INT.invokeExact((ByteBuffer) m.buffer, m.at, m.intValue); });
        t.row("MethodHandle.invokeWithArguments", 8, m -> PUT_LONG.invokeWithArguments(m.buffer, m.at, m.longValue)).times(500);
        t.row("MethodHandles.insertArguments", 8, m -> bound.invoke((ByteBuffer) m.buffer, m.at));
        t.row("MethodHandle of the program's own", 8, m -> handle.invoke(m)).storedAt("store");
        t.row("VarHandle.toMethodHandle", 8, m -> VIEW.invoke((ByteBuffer) m.buffer, m.at, m.longValue));
    }

    private static final MethodHandle VIEW =
            MethodHandles.byteBufferViewVarHandle(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN)
                    .toMethodHandle(java.lang.invoke.VarHandle.AccessMode.SET_VOLATILE);

    private static void store(Memory m) {
        m.buffer.putLong(m.at, m.longValue); // STORE:store
    }

    /** A store of the program's own, by a method that is called from deeper down. */
    private static int storing(Memory m, int result) {
        m.buffer.putInt(m.at, m.intValue); // STORE:storing
        return result;
    }

    private interface Storing {
        void store(Memory m);
    }

    private static void functions(Rows t) {
        Storing proxy = (Storing) Proxy.newProxyInstance(Callers.class.getClassLoader(), new Class<?>[] {Storing.class}, (self, method, arguments) -> { storing((Memory) arguments[0], 0); return null; });
        t.row("method of the program", 8, m -> store(m)).storedAt("store");
        t.row("method reference to the program", 8, Callers::store).storedAt("store");
        t.row("method reference to the JDK", 8, m -> { LongConsumer put = m.buffer.position(m.at)::putLong; put.accept(m.longValue); });
        t.row("lambda in a lambda", 8, m -> ((Runnable) () -> m.buffer.putLong(m.at, m.longValue)).run());
        t.row("lambda that returns", 8, m -> ((java.util.function.Supplier<ByteBuffer>) () -> m.buffer.putLong(m.at, m.longValue)).get());
        t.row("inner class", 8, m -> new Object() { void store() { m.buffer.putLong(m.at, m.longValue); } }.store());
        t.row("Proxy", 4, m -> proxy.store(m)).storedAt("storing");
        t.row("default method", 8, m -> ((ByDefault) () -> m).store()).storedAt("default");
        t.row("recursion", 8, m -> recursive(m, 5)).storedAt("recursive");
        t.row("store before a call", 12, m -> { m.buffer.putLong(m.at, m.longValue); Arrays.asList(1).forEach(i -> m.buffer.putInt(m.at + 8, m.intValue)); }).stride(16);
        t.row("store behind a call", 12, m -> { Arrays.asList(1).forEach(i -> m.buffer.putInt(m.at, m.intValue)); m.buffer.putLong(m.at + 4, m.longValue); }).stride(16);
        t.row("store behind a try that failed", 8, m -> { try { m.buffer.putLong(-1, 1); } catch (IndexOutOfBoundsException e) { m.buffer.putLong(m.at, m.longValue); } });
    }

    private interface ByDefault {
        Memory memory();

        default void store() {
            memory().buffer.putLong(memory().at, memory().longValue); // STORE:default
        }
    }

    private static void recursive(Memory m, int depth) {
        if (depth == 0) {
            m.buffer.putLong(m.at, m.longValue); // STORE:recursive
        } else {
            recursive(m, depth - 1);
        }
    }

    /** What the JDK calls back. */
    private static void callbacks(Rows t) {
        t.row("Stream.forEach", 8, m -> Stream.of(m).forEach(x -> x.buffer.putLong(x.at, x.longValue)));
        t.row("Stream.map", 4, m -> Stream.of(m).map(x -> storing(x, 1)).toList()).storedAt("storing");
        t.row("IntStream.forEach", 16, m -> IntStream.range(0, 16).forEach(i -> m.buffer.put(m.at + i, m.byteValue)));
        t.row("LongStream.forEach", 16, m -> LongStream.range(0, 2).forEach(i -> m.buffer.putLong(m.at + 8 * (int) i, m.longValue)));
        t.row("parallel stream", 64, m -> IntStream.range(0, 8).parallel().forEach(i -> m.buffer.putLong(m.at + 8 * i, m.longValue))).times(200).byThreads("main|ForkJoinPool.commonPool-worker-\\d+");
        t.row("Iterable.forEach", 8, m -> List.of(m).forEach(x -> x.buffer.putLong(x.at, x.longValue)));
        t.row("Comparator", 4, m -> new TreeMap<Integer, Integer>((a, b) -> storing(m, 0)).put(1, 1)).storedAt("storing");
        t.row("Arrays.sort", 4, m -> Arrays.sort(new Integer[] {1, 2}, (a, b) -> storing(m, 0))).storedAt("storing");
        t.row("Collections.sort with a key", 4, m -> List.of(1).stream().max(Comparator.comparing(x -> 1)).map(x -> storing(m, 1))).storedAt("storing");
        t.row("Optional.ifPresent", 8, m -> Optional.of(m).ifPresent(x -> x.buffer.putLong(x.at, x.longValue)));
        t.row("Map.computeIfAbsent", 4, m -> new TreeMap<Integer, Integer>().computeIfAbsent(1, k -> storing(m, 1))).storedAt("storing");
        t.row("HashMap.put, by hashCode", 8, m -> new java.util.HashMap<Object, Object>().put(new Hashed(m), 1)).storedAt("hashCode");
        t.row("String.valueOf, by toString", 8, m -> String.valueOf(new Hashed(m))).storedAt("toString");
        t.row("ThreadLocal.withInitial", 4, m -> ThreadLocal.withInitial(() -> storing(m, 1)).get()).storedAt("storing");
        t.row("Arrays.setAll", 4, m -> Arrays.setAll(new int[1], i -> storing(m, 1))).storedAt("storing");
        t.row("AccessController.doPrivileged", 4, m -> privileged(m)).storedAt("storing");
        t.row("IntConsumer.andThen", 8, m -> ((IntConsumer) i -> {}).andThen(i -> m.buffer.putLong(m.at, m.longValue)).accept(1));
        t.row("Consumer of a method reference", 8, m -> ((Consumer<Memory>) Callers::store).accept(m)).storedAt("store");
        t.row("close of a resource", 8, m -> { try (Closing closing = new Closing(m)) {} }).storedAt("close");
        t.row("iterator in a loop", 8, m -> { for (Object each : new Iterating(m)) {} }).storedAt("iterator");
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static void privileged(Memory m) {
        java.security.AccessController.doPrivileged((java.security.PrivilegedAction<Integer>) () -> storing(m, 1));
    }

    private record Hashed(Memory m) {
        @Override
        public int hashCode() {
            m.buffer.putLong(m.at, m.longValue); // STORE:hashCode
            return 1;
        }

        @Override
        public String toString() {
            m.buffer.putLong(m.at, m.longValue); // STORE:toString
            return "";
        }
    }

    private record Closing(Memory m) implements AutoCloseable {
        @Override
        public void close() {
            m.buffer.putLong(m.at, m.longValue); // STORE:close
        }
    }

    private record Iterating(Memory m) implements Iterable<Object> {
        @Override
        public java.util.Iterator<Object> iterator() {
            m.buffer.putLong(m.at, m.longValue); // STORE:iterator
            return java.util.Collections.emptyIterator();
        }
    }

    /** Parts of classes that are no ordinary methods. */
    private static void objects(Rows t) {
        t.row("constructor", 8, Constructed::new).storedAt("constructor");
        t.row("argument of super(..)", 8, BeforeSuper::new).storedAt("super");
        t.row("call in an argument of super(..)", 8, m -> new BeforeSuper(m, 1)).storedAt("store");
        t.row("instance initializer", 8, Initialized::new).storedAt("initializer");
        t.row("field initializer", 8, InitializedField::new).storedAt("field");
        t.row("static initializer", 8, m -> Class.forName("matrix.Callers$StaticallyInitialized")).times(1).storedAt("static");
        t.row("initializer of an interface", 8, m -> InterfaceInitialized.MEMORY.hashCode()).times(1).storedAt("interface");
        t.row("synchronized method", 8, m -> Synchronized.store(m)).storedAt("synchronized");
        t.row("bridge method", 8, m -> ((Consumer<Memory>) new Bridged()).accept(m)).storedAt("bridge");
        t.row("enum constant", 8, m -> Enumerated.ONE.store(m)).storedAt("enum");
    }

    private static class Constructed {
        Constructed(Memory m) {
            m.buffer.putLong(m.at, m.longValue); // STORE:constructor
        }

        Constructed(ByteBuffer ignored) {}

        Constructed(int ignored) {}
    }

    private static final class BeforeSuper extends Constructed {
        BeforeSuper(Memory m) {
            super(m.buffer.putLong(m.at, m.longValue)); // STORE:super
        }

        BeforeSuper(Memory m, int ignored) {
            super(stored(m));
        }

        private static int stored(Memory m) {
            store(m);
            return 1;
        }
    }

    private static final class Initialized {
        private static Memory memory;

        {
            memory.buffer.putLong(memory.at, memory.longValue); // STORE:initializer
        }

        Initialized(Memory m) {
            this(memory = m, 1);
        }

        private Initialized(Memory m, int ignored) {}
    }

    private static final class InitializedField {
        private static Memory memory;
        private final ByteBuffer stored = memory.buffer.putLong(memory.at, memory.longValue); // STORE:field

        InitializedField(Memory m) {
            this(memory = m, 1);
        }

        private InitializedField(Memory m, int ignored) {}
    }

    private static final class StaticallyInitialized {
        static {
            Memory m = Matrix.memory();
            m.buffer.putLong(m.at, m.longValue); // STORE:static
        }
    }

    private interface InterfaceInitialized {
        Object MEMORY = Matrix.memory().buffer.putLong(Matrix.memory().at, Matrix.memory().longValue); // STORE:interface
    }

    private static final class Synchronized {
        static synchronized void store(Memory m) {
            m.buffer.putLong(m.at, m.longValue); // STORE:synchronized
        }
    }

    private static final class Bridged implements Consumer<Memory> {
        @Override
        public void accept(Memory m) {
            m.buffer.putLong(m.at, m.longValue); // STORE:bridge
        }
    }

    private enum Enumerated {
        ONE {
            @Override
            void store(Memory m) {
                m.buffer.putLong(m.at, m.longValue); // STORE:enum
            }
        };

        abstract void store(Memory m);
    }

    /** What runs when an object has become unreachable. */
    private static void collected(Rows t) {
        Cleaner cleaner = Cleaner.create(task -> new Thread(task, "cleaner"));
        t.row("finalizer", 8, m -> finalized(m)).times(2).storedAt("finalizer").byThreads("Finalizer");
        t.row("Cleaner", 8, m -> cleaned(cleaner, m)).times(2).storedAt("cleaner").byThreads("cleaner");
        t.row("Cleanable.clean", 8, m -> cleaner.register(new Object(), () -> m.buffer.putLong(m.at, m.longValue)).clean());
    }

    private static void cleaned(Cleaner cleaner, Memory m) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        cleaner.register(new Object(), () -> {
            m.buffer.putLong(m.at, m.longValue); // STORE:cleaner
            done.countDown();
        });
        collect(done);
    }

    private static void finalized(Memory m) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        new Finalized(m, done);
        collect(done);
    }

    private static void collect(CountDownLatch done) throws InterruptedException {
        do {
            System.gc();
        } while (!done.await(10, java.util.concurrent.TimeUnit.MILLISECONDS));
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static final class Finalized {
        private final Memory m;
        private final CountDownLatch done;

        Finalized(Memory m, CountDownLatch done) {
            this.m = m;
            this.done = done;
        }

        @Override
        protected void finalize() {
            m.buffer.putLong(m.at, m.longValue); // STORE:finalizer
            done.countDown();
        }
    }
}
