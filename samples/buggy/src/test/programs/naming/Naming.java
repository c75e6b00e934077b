import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Gives files names, takes them away, and changes sizes; each comment holds what is traced of its line. */
public final class Naming {
    private static File folder;

    private Naming() {}

    public static void main(String[] args) throws Exception {
        folder = new File(args[0]);
        create();
        createNot();
        createByOthers();
        resize();
        rename();
        remove();
        sync();
        System.out.println("done");
    }

    private static File file(String name) {
        return new File(folder, name);
    }

    private static Path path(String name) {
        return file(name).toPath();
    }

    private static void create() throws IOException {
        new RandomAccessFile(file("random"), "rw").close(); // traces: named random
        new RandomAccessFile(file("random-sync"), "rwd").close(); // traces: named random-sync
        new FileOutputStream(file("stream")).close(); // traces: named stream
        new FileOutputStream(file("appended"), true).close(); // traces: named appended
        new FileWriter(file("written")).close(); // traces: named written
        file("new").createNewFile(); // traces: named new
        File.createTempFile("old-", ".tmp", folder); // traces: named old-*.tmp
        Files.createTempFile(folder.toPath(), "new-", ".tmp"); // traces: named new-*.tmp
        Files.createFile(path("created")); // traces: named created
        Files.newOutputStream(path("output")).close(); // traces: named output
        Files.writeString(path("text"), "text"); // traces: named text
        FileChannel.open(path("channel"), StandardOpenOption.CREATE, StandardOpenOption.WRITE).close(); // traces: named channel
        AsynchronousFileChannel.open(path("async"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close(); // traces: named async
        Files.newByteChannel(path("bytes"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)).close(); // traces: named bytes
    }

    /** Opens what is there already, fails, or creates what is no regular file. */
    private static void createNot() throws IOException {
        new RandomAccessFile(file("random"), "rw").close();
        new RandomAccessFile(file("random"), "r").close();
        new FileOutputStream(file("stream")).close();
        new FileOutputStream(file("appended"), true).close();
        file("new").createNewFile();
        FileChannel.open(path("channel"), StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        Files.newInputStream(path("channel")).close();
        for (String missing : new String[] {"missing/one", "missing/two"}) {
            try {
                new RandomAccessFile(file(missing), "rw").close();
            } catch (IOException e) {
                // no folder
            }
            try {
                Files.createFile(path(missing));
            } catch (IOException e) {
                // no folder
            }
            try {
                file(missing).createNewFile();
            } catch (IOException e) {
                // no folder
            }
        }
        try {
            Files.createFile(path("created"));
        } catch (IOException e) {
            // it is there
        }
        Files.createDirectory(path("directory"));
        Files.move(path("directory"), path("folder"));
        Files.createSymbolicLink(path("symbolic"), path("channel"));
        Files.move(path("symbolic"), path("link"));
        Files.delete(path("link"));
        Files.delete(path("folder"));
        new FileOutputStream("/dev/null").close();
    }

    private static void createByOthers() throws Exception {
        Files.copy(path("text"), path("copy")); // traces: named copy
        Files.createLink(path("hard"), path("copy")); // traces: renamed hard
        Thread thread = new Thread(Naming::createInThread);
        thread.start();
        thread.join();
    }

    private static void createInThread() {
        try {
            Files.createFile(path("thread")); // traces: named thread
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void resize() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file("random"), "rw")) {
            open.setLength(100); // traces: size random 100
            open.getChannel().truncate(60); // traces: size random 60
            open.getChannel().truncate(80);
            open.getChannel().map(MapMode.READ_WRITE, 0, 4096); // traces: size random 4096
            open.getChannel().map(MapMode.READ_WRITE, 0, 4096).put(0, (byte) 1);
        }
        new RandomAccessFile(file("random"), "rw").close();
        new FileOutputStream(file("random"), true).close();
        new FileOutputStream(file("random")).close(); // traces: size random 0
        Files.newOutputStream(path("random")).close(); // traces: size random 0
        try (FileChannel open = FileChannel.open(path("channel"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            open.map(MapMode.READ_WRITE, 100, 28).put(0, (byte) 1); // traces: size channel 128
        }
    }

    private static void rename() throws IOException {
        Files.move(path("channel"), path("channel-1")); // traces: renamed channel-1
        Files.move(path("channel-1"), path("stream"), StandardCopyOption.ATOMIC_MOVE); // traces: renamed stream
        file("stream").renameTo(file("renamed")); // traces: renamed renamed
        file("missing").renameTo(file("renamed"));
        try {
            Files.move(path("missing"), path("renamed"));
        } catch (NoSuchFileException e) {
            // so it is
        }
    }

    private static void remove() throws IOException {
        Files.delete(path("created")); // traces: removed created
        Files.deleteIfExists(path("created"));
        Files.deleteIfExists(path("text")); // traces: removed text
        file("new").delete(); // traces: removed new
        file("new").delete();
        FileChannel.open(path("bytes"), StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE).close(); // traces: removed bytes
    }

    private static void sync() throws IOException {
        try (FileChannel open = FileChannel.open(folder.toPath(), StandardOpenOption.READ)) {
            open.force(true); // traces: force .
        }
        try (FileOutputStream open = new FileOutputStream(file("output"))) {
            open.getFD().sync(); // traces: force output
            open.getChannel().force(false); // traces: force output
        }
    }
}
