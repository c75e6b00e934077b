package matrixmodule;

import java.nio.ByteBuffer;

/** Code in a named module that requires nothing but java.base. */
public final class InModule {
    private InModule() {}

    public static void store(ByteBuffer buffer, int index, long value) {
        buffer.putLong(index, value); // STORE:module
    }
}
