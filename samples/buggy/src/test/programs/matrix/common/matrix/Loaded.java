package matrix;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;

/** Classes that come into being in other ways than from the class path. */
public final class Loaded {
    private Loaded() {}

    /** What the class of {@link Guest} is called with. */
    public interface Guestly {
        void store(ByteBuffer buffer, int index, long value);
    }

    public static void add(Rows t) throws Exception {
        byte[] guest = bytes("matrix.Guest");
        Guestly hidden = create(MethodHandles.lookup().defineHiddenClass(guest, true).lookupClass());
        Guestly nestmate = create(MethodHandles.lookup()
                .defineHiddenClass(guest, true, MethodHandles.Lookup.ClassOption.NESTMATE, MethodHandles.Lookup.ClassOption.STRONG)
                .lookupClass());
        Guestly isolated = create(new Isolating().loadClass("matrix.Guest"));
        Guestly generated = create(new Defining().define(unlined(guest)));
        URL[] path = {Loaded.class.getProtectionDomain().getCodeSource().getLocation()};
        Method alone = new URLClassLoader(path, ClassLoader.getPlatformClassLoader()).loadClass("matrix.Guest$Alone").getMethod("store", ByteBuffer.class, int.class, long.class);
        t.row("hidden class", 8, m -> hidden.store(m.buffer, m.at, m.longValue)).storedAt("guest");
        t.row("hidden class, nest mate", 8, m -> nestmate.store(m.buffer, m.at, m.longValue)).storedAt("guest");
        t.row("loader that defines before it delegates", 8, m -> isolated.store(m.buffer, m.at, m.longValue)).storedAt("guest");
        t.row("URLClassLoader", 8, m -> alone.invoke(null, m.buffer, m.at, m.longValue)).storedAt("alone");
        t.row("generated class without line numbers", 8, m -> generated.store(m.buffer, m.at, m.longValue)).storedAtUnmarked("matrix.Guest.store(Guest.java)");
    }

    private static byte[] bytes(String name) throws Exception {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    /** Calls the attribute with the line numbers something else, so that nobody knows it. */
    private static byte[] unlined(byte[] original) {
        byte[] code = original.clone();
        byte[] name = "LineNumberTable".getBytes();
        for (int i = 0; i < code.length - name.length; i++) {
            if (java.util.Arrays.equals(code, i, i + name.length, name, 0, name.length)) {
                code[i] = 'N';
            }
        }
        return code;
    }

    private static Guestly create(Class<?> type) throws Exception {
        return (Guestly) type.getDeclaredConstructor().newInstance();
    }

    private static final class Defining extends ClassLoader {
        Defining() {
            super(Loaded.class.getClassLoader());
        }

        Class<?> define(byte[] code) {
            return defineClass(null, code, 0, code.length);
        }
    }

    private static final class Isolating extends ClassLoader {
        Isolating() {
            super(Loaded.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals("matrix.Guest")) {
                return super.loadClass(name, resolve);
            }
            try {
                byte[] code = bytes(name);
                return defineClass(name, code, 0, code.length);
            } catch (Exception e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
