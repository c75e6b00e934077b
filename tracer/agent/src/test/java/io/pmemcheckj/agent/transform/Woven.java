package io.pmemcheckj.agent.transform;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
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
}
