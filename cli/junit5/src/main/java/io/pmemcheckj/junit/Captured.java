package io.pmemcheckj.junit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/** A lambda of a test on its way to another JVM. */
final class Captured {
    private Captured() {}

    /**
     * The lambda with all that it uses.
     *
     * @param what {@code program} or {@code check}, for the message
     * @throws IllegalArgumentException when it captures what cannot be serialized
     */
    static byte[] bytes(String what, Object lambda) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(lambda);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    "the " + what + " uses an object of " + e.getMessage()
                            + ", which is not Serializable, and it runs in"
                            + " another JVM; let it use local variables of serializable types only (a lambda that uses a"
                            + " field or a method of its test takes the whole test with it)",
                    e);
        }
        return bytes.toByteArray();
    }

    /**
     * The lambda, with {@code assert} switched on in the classes it brings in.
     *
     * @param loader has the class that wrote the lambda
     */
    static Object read(InputStream in, ClassLoader loader) throws IOException, ClassNotFoundException {
        loader.setDefaultAssertionStatus(true);
        try (ObjectInputStream objects = new Objects(in, loader)) {
            return objects.readObject();
        }
    }

    private static final class Objects extends ObjectInputStream {
        private final ClassLoader loader;

        Objects(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // a primitive type
            }
        }
    }
}
