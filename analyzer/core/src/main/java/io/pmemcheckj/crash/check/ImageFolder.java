package io.pmemcheckj.crash.check;

import io.pmemcheckj.crash.state.Content;
import io.pmemcheckj.crash.state.CrashFile;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.State;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A folder with the files as a crash left them. It is kept at what is certain, which changes little from one failure point to
 * the next; a state is put over it, and taken away again.
 */
public final class ImageFolder implements Closeable {
    private static final int BLOCK = 1 << 20;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final Path folder;
    private final ImageLayout layout;
    /** Where each file is that the folder holds now. */
    private final Map<CrashFile, Path> held = new HashMap<>();

    private FileReplay replay;

    /**
     * @param folder an empty folder, of which it becomes the owner
     */
    public ImageFolder(Path folder, ImageLayout layout) {
        this.folder = folder;
        this.layout = layout;
    }

    public Path path() {
        return folder;
    }

    /** Path of a file relative to the folder. */
    public String name(CrashFile file) {
        return layout.name(file.path());
    }

    /** Brings the folder to what is certain at this moment of a replay. */
    public void bringTo(FileReplay now) throws IOException {
        if (now != replay) {
            clear();
            replay = now;
        }
        for (CrashFile file : now.files()) {
            Path known = held.get(file);
            Path wanted = file.exists() ? folder.resolve(name(file)) : null;
            if (known != null && !known.equals(wanted)) {
                Files.deleteIfExists(known);
                held.remove(file);
                known = null;
            }
            if (wanted != null && known == null) {
                writeWhole(file, wanted);
            } else if (wanted != null) {
                update(file, known);
            }
        }
    }

    private void clear() throws IOException {
        held.clear();
        Files.createDirectories(folder);
        deleteBelow(folder, Set.of());
    }

    private void writeWhole(CrashFile file, Path path) throws IOException {
        file.content().takeChanges((from, to) -> {});
        held.put(file, path);
        write(file.content(), path);
    }

    /** Makes the files of a state in a folder that is left alone then; what is in it is deleted. */
    static void write(Path folder, ImageLayout layout, FileReplay replay, State state) throws IOException {
        deleteBelow(folder, Set.of());
        Map<CrashFile, Path> files = new HashMap<>();
        for (CrashFile file : replay.present()) {
            Path path = folder.resolve(layout.name(file.path()));
            files.put(file, path);
            write(file.content(), path);
        }
        apply(state.patches(), files);
    }

    private static void write(Content content, Path path) throws IOException {
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long number : content.pageNumbers()) {
                long at = number * Content.PAGE_BYTES;
                int length = (int) Math.min(Content.PAGE_BYTES, content.length() - at);
                if (length > 0) {
                    writeFully(channel, ByteBuffer.wrap(content.page(number), 0, length), at);
                }
            }
            extend(channel, content.length());
        }
    }

    private static void extend(FileChannel channel, long length) throws IOException {
        if (channel.size() < length) {
            channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long offset = at;
        while (bytes.hasRemaining()) {
            offset += channel.write(bytes, offset);
        }
    }

    private static void update(CrashFile file, Path path) throws IOException {
        Content content = file.content();
        Map<Long, Long> changes = new HashMap<>();
        content.takeChanges(changes::put);
        boolean sized = Files.exists(path) && Files.size(path) == content.length();
        if (changes.isEmpty() && sized) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() > content.length()) {
                channel.truncate(content.length());
            }
            for (Map.Entry<Long, Long> range : changes.entrySet()) {
                copy(content, channel, range.getKey(), Math.min(range.getValue(), content.length()));
            }
            extend(channel, content.length());
        }
    }

    private static void copy(Content content, FileChannel channel, long from, long to) throws IOException {
        for (long at = from; at < to; at += BLOCK) {
            byte[] bytes = new byte[(int) Math.min(BLOCK, to - at)];
            content.read(at, bytes);
            writeFully(channel, ByteBuffer.wrap(bytes), at);
        }
    }

    /** Numbers of the files that the folder holds, by their inodes. */
    Map<Long, Integer> inodes() throws IOException {
        Map<Long, Integer> numbers = new HashMap<>();
        for (Map.Entry<CrashFile, Path> entry : held.entrySet()) {
            numbers.put(
                    ((Number) Files.getAttribute(entry.getValue(), "unix:ino")).longValue(),
                    entry.getKey().number());
        }
        return numbers;
    }

    /** Puts a state over what is certain. */
    public void apply(List<State.Patch> patches) throws IOException {
        apply(patches, held);
    }

    private static void apply(List<State.Patch> patches, Map<CrashFile, Path> files) throws IOException {
        for (State.Patch patch : patches) {
            try (FileChannel channel = FileChannel.open(files.get(patch.file()), StandardOpenOption.WRITE)) {
                long room = patch.file().content().length() - patch.offset();
                int length = (int) Math.min(patch.bytes().length, room);
                if (length > 0) {
                    writeFully(channel, ByteBuffer.wrap(patch.bytes(), 0, length), patch.offset());
                }
            }
        }
    }

    /** Brings the folder back to what is certain, whatever a check did to it. */
    public void restore() throws IOException {
        Files.createDirectories(folder);
        deleteBelow(folder, new HashSet<>(held.values()));
        for (Map.Entry<CrashFile, Path> entry : held.entrySet()) {
            if (!isIntact(entry.getKey().content(), entry.getValue())) {
                write(entry.getKey().content(), entry.getValue());
            }
        }
    }

    private static boolean isIntact(Content content, Path path) throws IOException {
        if (!Files.isRegularFile(path)
                || !Files.isReadable(path)
                || !Files.isWritable(path)
                || Files.size(path) != content.length()) {
            return false;
        }
        byte[] found = new byte[BLOCK];
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long at = 0;
            while (at < content.length()) {
                ByteBuffer buffer = ByteBuffer.wrap(found);
                while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
                if (!isEqual(content, at, found, (int) Math.min(BLOCK, content.length() - at))) {
                    return false;
                }
                at += BLOCK;
            }
        }
        return true;
    }

    private static boolean isEqual(Content content, long at, byte[] found, int length) {
        int page = Content.PAGE_BYTES;
        for (int i = 0; i < length; i += page) {
            byte[] wanted = content.page((at + i) / page);
            int part = Math.min(page, length - i);
            boolean equal = wanted == null
                    ? Arrays.equals(found, i, i + part, ZEROS, 0, part)
                    : Arrays.equals(found, i, i + part, wanted, 0, part);
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    private static void deleteBelow(Path root, Set<Path> kept) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!kept.contains(file) || !attributes.isRegularFile()) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                folder.toFile().setWritable(true);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (!folder.equals(root) && kept.stream().noneMatch(path -> path.startsWith(folder))) {
                    Files.deleteIfExists(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    /** Deletes a folder with all that is in it, if there is one. */
    public static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            deleteBelow(folder, Set.of());
            Files.deleteIfExists(folder);
        }
    }
}
