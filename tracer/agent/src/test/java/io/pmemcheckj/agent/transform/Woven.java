package io.pmemcheckj.agent.transform;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Callable;

/** Classes that the test weaves and runs: one shape of code each. Each stores to its buffer and says what it did. */
final class Woven {
    private Woven() {}

    static class Base {
        final ByteBuffer seen;

        Base(ByteBuffer seen, long alsoStored) {
            this.seen = seen;
        }
    }

    public static final class BeforeSuper extends Base implements Callable<Object> {
        public BeforeSuper() {
            super(
                    ByteBuffer.allocate(16).putLong(0, 7L),
                    ByteBuffer.allocate(8).putLong(3L).getLong(0));
        }

        @Override
        public Object call() {
            return seen.getLong(0);
        }
    }

    public static final class WideArguments implements Callable<Object> {
        @Override
        public Object call() {
            return store(ByteBuffer.allocate(64), 1L, 2.5, (byte) 3, 4.5f, 'x');
        }

        private static String store(ByteBuffer buffer, long l, double d, byte b, float f, char c) {
            double before = d * 2;
            buffer.putLong(0, l)
                    .putDouble(8, d)
                    .put(16, b)
                    .putFloat(20, f)
                    .putChar(24, c)
                    .put(32, new byte[] {1, 2}, 1, 1);
            long after = l * 2;
            return buffer.getLong(0) + " " + buffer.getDouble(8) + " " + buffer.get(16) + " " + buffer.getFloat(20)
                    + " " + buffer.getChar(24) + " " + buffer.get(32) + " " + before + " " + after;
        }
    }

    public interface Storing {
        static int storeStatically(ByteBuffer buffer) {
            buffer.putInt(0, 5);
            return buffer.getInt(0);
        }

        default int store(ByteBuffer buffer) {
            buffer.putInt(4, 6);
            return buffer.getInt(4) + storeStatically(buffer);
        }
    }

    public static final class Branches implements Callable<Object> {
        @Override
        public Object call() {
            ByteBuffer buffer = ByteBuffer.allocate(64);
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                all.append(store(buffer, i)).append(choose(buffer, "case" + i)).append(' ');
            }
            return all.append(buffer.getLong(0)).toString();
        }

        @SuppressWarnings("fallthrough")
        private static int store(ByteBuffer buffer, int i) {
            switch (i) {
                case 0:
                    buffer.put(0, (byte) 1);
                    return 10;
                case 1:
                    long wide = i;
                    buffer.putLong(0, wide);
                // falls through
                case 2:
                    String text = "two";
                    buffer.putInt(8, text.length());
                    break;
                case 1000:
                    return -1;
                default:
                    while (i-- > 3) {
                        buffer.putShort(16, i > 4 ? (short) 1 : (short) 2);
                    }
            }
            return i;
        }

        private static int choose(ByteBuffer buffer, String text) {
            return switch (text) {
                case "case1", "case2" -> buffer.putInt(24, 1).getInt(24);
                case "case3" -> {
                    buffer.putInt(24, 9);
                    yield 3;
                }
                default -> text.isEmpty() ? buffer.putInt(1).position() : 0;
            };
        }
    }

    public static final class TryFinally implements Callable<Object> {
        @Override
        public Object call() throws Exception {
            return store(ByteBuffer.allocate(8), 8) + store(ByteBuffer.allocate(4), 8);
        }

        private static String store(ByteBuffer buffer, int size) throws IOException {
            String result = "stored";
            try {
                if (size == 8) {
                    buffer.putLong(0, 1L);
                }
                synchronized (buffer) {
                    buffer.putInt(0, 2);
                }
            } catch (IndexOutOfBoundsException e) {
                result = "refused";
                buffer.put((byte) 1);
            } finally {
                buffer.clear();
                buffer.put((byte) 3);
            }
            return result + buffer.get(0);
        }
    }

    public static final class Fences implements Callable<Object> {
        @Override
        public Object call() throws IOException {
            VarHandle.fullFence();
            new FileDescriptor().sync();
            return "fenced";
        }
    }

    public static final class NothingToMark implements Callable<Object> {
        @Override
        public Object call() {
            return ByteBuffer.allocate(8).getLong(0) + "x".length();
        }
    }

    /** What each of the methods loads decides something, or does not. */
    static final class Guards {
        private static final VarHandle LONGS =
                MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

        private final long[] kept = new long[4];

        void guardsByComparing(ByteBuffer buffer) {
            if (buffer.getLong(0) == 1) {
                kept[0]++;
            }
        }

        void guardsThroughALocal(ByteBuffer buffer) {
            int magic = Integer.reverseBytes(buffer.getInt(0)) & 0xffff;
            kept[1] = 5;
            if (magic != 7) {
                kept[0]++;
            }
        }

        void guardsByAnOldValue(ByteBuffer buffer) {
            long seen = 0;
            for (int i = 0; i < 3; i++) {
                if (seen > 5) {
                    kept[0]++;
                }
                seen = (long) LONGS.getVolatile(buffer, 0) + i;
            }
        }

        void guardsByASwitch(ByteBuffer buffer) {
            switch (buffer.get(0)) {
                case 1 -> kept[0]++;
                case 2 -> kept[1]++;
                default -> {}
            }
        }

        void guardsByExchanging(ByteBuffer buffer) {
            if (LONGS.compareAndSet(buffer, 0, 1L, 2L)) {
                kept[0]++;
            }
        }

        int guardsAsResult(ByteBuffer buffer) {
            return buffer.getInt(0) + 1;
        }

        boolean guardsAsComparedResult(ByteBuffer buffer) {
            return buffer.getDouble(0) > 2.5;
        }

        boolean guardsWholeRanges(ByteBuffer buffer) {
            return buffer.equals(ByteBuffer.allocate(4));
        }

        void storesWhatItLoads(ByteBuffer buffer) {
            kept[0] = buffer.getLong(0);
        }

        void passesOnWhatItLoads(ByteBuffer buffer) {
            keep(buffer.getLong(0));
        }

        void loadsAnIndex(ByteBuffer buffer) {
            kept[buffer.getInt(0)] = 1;
        }

        void forgetsALocal(ByteBuffer buffer) {
            long value = buffer.getLong(0);
            kept[0] = value;
            value = kept[1];
            if (value == 3) {
                kept[2]++;
            }
        }

        void loadsInAnArray(ByteBuffer buffer) {
            buffer.get(0, new byte[4]);
        }

        private void keep(long value) {
            kept[0] = ByteBuffer.allocate(8).getShort(0);
            kept[1] = value;
        }
    }

    public static final class GuardAndData implements Callable<Object> {
        @Override
        public Object call() {
            ByteBuffer buffer = ByteBuffer.allocate(16).putLong(0, 7);
            long[] data = {0};
            data[0] = buffer.get(0) == 0 ? buffer.getLong(8) : 1;
            return data;
        }
    }
}
