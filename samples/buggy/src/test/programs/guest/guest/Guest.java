package guest;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Programs that end, print, read and start threads in every way that a tracer must not change. */
public final class Guest {
    private static final int RECORD = 64;

    private Guest() {}

    /** Arguments: the mode, a folder, and for some modes a number. */
    public static void main(String[] args) throws Exception {
        int number = args.length > 2 ? Integer.parseInt(args[2]) : 0;
        switch (args[0]) {
            case "no-mapping" -> System.out.println("nothing mapped");
            case "exit" -> {
                store(map(args[1], 4096));
                System.exit(number);
            }
            case "exit-clean" -> System.exit(number);
            case "return" -> store(map(args[1], 4096));
            case "halt" -> {
                store(map(args[1], 4096));
                Runtime.getRuntime().halt(number);
            }
            case "throw" -> {
                store(map(args[1], 4096));
                throw new IllegalStateException("uncaught on purpose");
            }
            case "hook" -> {
                MappedByteBuffer map = map(args[1], 4096);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> store(map)));
                System.exit(number);
            }
            case "halt-in-hook" -> {
                MappedByteBuffer map = map(args[1], 4096);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    store(map);
                    Runtime.getRuntime().halt(number);
                }));
                System.exit(0);
            }
            case "wait" -> {
                MappedByteBuffer map = map(args[1], 1 << 20);
                for (int i = 0; i < number; i++) {
                    storeAt(map, i * RECORD);
                }
                System.out.println("ready " + ProcessHandle.current().pid());
                Thread.sleep(120_000);
            }
            case "echo" -> {
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    System.out.println("echo " + line);
                    System.err.println("heard " + line);
                }
            }
            case "flood" -> flood(number);
            case "closed" -> {
                MappedByteBuffer map = map(args[1], 4096);
                flood(1);
                System.out.close();
                store(map);
            }
            case "threads" -> inThreads(map(args[1], number * RECORD), number, false);
            case "virtual-threads" -> inThreads(map(args[1], number * RECORD), number, true);
            case "restricted" -> writeRestricted(map(args[1], 4096), Files.createTempFile(Path.of(args[1]), "r", ".dat"));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static MappedByteBuffer map(String folder, int size) throws IOException {
        Path file = Files.createTempFile(Path.of(folder), "guest", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        }
    }

    /** Writes to a mapped file, and is allowed to do nothing else. */
    @SuppressWarnings("removal")
    private static void writeRestricted(MappedByteBuffer map, Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(4096);
            MappedByteBuffer own = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 4096);
            System.setSecurityManager(new SecurityManager());
            own.put(0, (byte) 1);
            file.write(2);
            file.getFD().sync();
        }
        store(map);
    }

    private static void store(MappedByteBuffer map) {
        map.putLong(8, 42); // finds: unflushed-store bytes=8 occurrences=1
    }

    private static void storeAt(MappedByteBuffer map, int index) {
        map.putLong(index, index); // stored many times
    }

    private static void flood(int megabytes) throws IOException {
        String line = "x".repeat(1023);
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out), 1 << 16);
        for (int i = 0; i < megabytes * 1024; i++) {
            out.write(line);
            out.write('\n');
        }
        out.flush();
    }

    private static void inThreads(MappedByteBuffer map, int count, boolean virtual) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i * RECORD;
            Runnable body = () -> storeAt(map, index);
            if (virtual) { // by reflection: the class is compiled for 17
                threads.add((Thread)
                        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body));
            } else {
                Thread thread = new Thread(body);
                thread.start();
                threads.add(thread);
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(count + " threads done");
    }
}
