import io.pmemcheckj.api.PmemCheck;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Flushes slowly, with much beside it: {@code Beside FILE exit|wait|halt}. */
public final class Beside {
    static final int ROUNDS = 3;

    /** What keeps a flush waiting; a model tells that it is one. */
    static final class Device {
        private static final Object LOCK = new Object();

        static void writeBack(ByteBuffer buffer, int from, int length) throws Exception {
            System.gc();
            LockSupport.parkNanos(10_000_000);
            blockOn(LOCK);
        }

        private static void blockOn(Object lock) throws InterruptedException {
            CountDownLatch held = new CountDownLatch(1);
            Thread holder = new Thread(
                    () -> {
                        synchronized (lock) {
                            held.countDown();
                            sleep(30);
                        }
                    },
                    "holder");
            holder.start();
            held.await();
            synchronized (lock) {
                holder.setName("was " + holder.getName());
            }
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("out");
        try (FileChannel file = FileChannel.open(
                Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer data = file.map(FileChannel.MapMode.READ_WRITE, 0, 1 << 16);
            for (int round = 0; round < ROUNDS; round++) {
                data.putLong(0, round + 1);
                data.putLong(64, round + 1);
                Device.writeBack(data, 0, 256);
                leak(data, round);
                sleep(200);
            }
            data.putLong(8192, 1);
            file.force(true);
            leak(data, ROUNDS);
            lose(data);
            sleep(1200);
            if (args[1].equals("wait")) {
                Files.createFile(Path.of(args[0] + ".ready"));
                sleep(600_000);
            } else if (args[1].equals("halt")) {
                Runtime.getRuntime().halt(0);
            }
            System.exit(args[1].equals("exit") ? 7 : 0);
        }
    }

    private static void leak(ByteBuffer data, int round) {
        for (int i = 0; i < 128; i++) {
            data.putLong(16384 + round * 4096 + i * 8, 1);
        }
    }

    /** Judged at once; what leaks is judged when the program has ended. */
    private static void lose(ByteBuffer data) {
        data.putLong(1024, 1);
        PmemCheck.expectPersisted(data, 1024, 8);
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
