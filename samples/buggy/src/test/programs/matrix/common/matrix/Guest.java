package matrix;

import java.nio.ByteBuffer;

/** Defined again and again by {@link Loaded}. */
public final class Guest implements Loaded.Guestly {
    public Guest() {}

    @Override
    public void store(ByteBuffer buffer, int index, long value) {
        buffer.putLong(index, value); // STORE:guest
    }

    /** Needs no other class of the program. */
    public static final class Alone {
        private Alone() {}

        public static void store(ByteBuffer buffer, int index, long value) {
            buffer.putLong(index, value); // STORE:alone
        }
    }
}
