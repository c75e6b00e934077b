import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sun.misc.Unsafe;

/**
 * A check that does what no check should, something else for each number in the file. Beyond the {@link Deed deeds} every
 * number is consistent. With {@code HOSTILE_LOG} it tells which states it was given.
 */
public final class Hostile implements CrashCheck {
    private static final String COUNTER = "counter.dat";

    /** What is done to the number that is its ordinal. */
    enum Deed {
        NOTHING,
        REFUSES,
        HANGS,
        SPINS,
        EXITS_WITH_0,
        EXITS_WITH_3,
        HALTS,
        OVERFLOWS_THE_STACK,
        FILLS_THE_HEAP,
        FILLS_NATIVE_MEMORY,
        DELETES_THE_IMAGE,
        OVERWRITES_AND_TRUNCATES,
        CREATES_FILES,
        PRINTS,
        STARTS_A_PROCESS,
        LEAVES_A_THREAD,
        CLOSES_THE_STREAMS,
        READS_INPUT,
        SEGFAULTS,
        KILLS_ITSELF,
        INTERRUPTS_ITSELF,
        THROWS_WHAT_CANNOT_BE_PRINTED,
        CHANGES_PROPERTIES,
        ENDS_WELL
    }

    /** As a command: the folder is the image. */
    public static void main(String[] args) throws Throwable {
        Path folder = Path.of(args[0]);
        act(ByteBuffer.wrap(Files.readAllBytes(folder.resolve(COUNTER))).getLong(), folder);
    }

    @Override
    public void check(CrashImage image) throws Throwable {
        act(image.map(COUNTER).getLong(0), image.folder());
    }

    private static void act(long number, Path folder) throws Throwable {
        Deed deed = Deed.values()[(int) number];
        tell(deed);
        switch (deed) {
            case REFUSES -> throw new IllegalStateException("refused");
            case HANGS -> Thread.sleep(Long.MAX_VALUE);
            case SPINS -> {
                while (true) {
                    Thread.onSpinWait();
                }
            }
            case EXITS_WITH_0 -> System.exit(0);
            case EXITS_WITH_3 -> System.exit(3);
            case HALTS -> Runtime.getRuntime().halt(1);
            case OVERFLOWS_THE_STACK -> act(number, folder);
            case FILLS_THE_HEAP -> fillHeap();
            case FILLS_NATIVE_MEMORY -> fillNative();
            case DELETES_THE_IMAGE -> delete(folder);
            case OVERWRITES_AND_TRUNCATES -> damage(folder);
            case CREATES_FILES -> create(folder);
            case PRINTS -> print();
            case STARTS_A_PROCESS ->
                new ProcessBuilder("sleep", "600").inheritIO().start();
            case LEAVES_A_THREAD -> new Thread(Hostile::sleep).start();
            case CLOSES_THE_STREAMS -> {
                System.out.close();
                System.err.close();
            }
            case READS_INPUT -> System.in.readAllBytes();
            case SEGFAULTS -> unsafe().putAddress(0, 0);
            case KILLS_ITSELF ->
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            case INTERRUPTS_ITSELF -> Thread.currentThread().interrupt();
            case THROWS_WHAT_CANNOT_BE_PRINTED -> throw new Unprintable();
            case CHANGES_PROPERTIES -> {
                System.setProperty("java.io.tmpdir", "/nowhere");
                System.setProperty("user.dir", "/nowhere");
                System.setProperty("line.separator", "?");
                Thread.currentThread().setName("hostile\n\"");
                Thread.currentThread().setContextClassLoader(null);
            }
            default -> {}
        }
    }

    private static void tell(Deed deed) throws IOException {
        String log = System.getenv("HOSTILE_LOG");
        if (log != null) {
            Files.writeString(Path.of(log), deed + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static void fillHeap() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    /** Not without end: the machine has other users. */
    private static void fillNative() throws Exception {
        long block = 64L << 20;
        for (int i = 0; i < 32; i++) {
            unsafe().setMemory(unsafe().allocateMemory(block), block, (byte) 1);
        }
        throw new IllegalStateException("got all that it asked for");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void damage(Path folder) throws IOException {
        Path counter = folder.resolve(COUNTER);
        Files.write(counter, new byte[1 << 20]);
        Files.write(counter, new byte[] {1, 2, 3});
    }

    private static void create(Path folder) throws IOException {
        for (int i = 0; i < 5000; i++) {
            Files.writeString(folder.resolve("file" + i), "x");
        }
        Files.createDirectories(folder.resolve("a/b/c/d"));
    }

    private static void print() {
        byte[] megabyte = new byte[1 << 20];
        java.util.Arrays.fill(megabyte, (byte) 'x');
        for (int i = 0; i < 100; i++) {
            System.out.write(megabyte, 0, megabyte.length);
            System.err.write(megabyte, 0, megabyte.length);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            sleep();
        }
    }

    private static Unsafe unsafe() throws Exception {
        Field field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return (Unsafe) field.get(null);
    }

    /** Fails when it is asked what it is. */
    private static final class Unprintable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack");
        }
    }
}
