package io.pmemcheckj.crash.worker;

import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** One state, for a check: private mappings of files that hold what is certain, with the state put over them. */
final class Image implements CrashImage {
    private static final int MOST_MARKERS = 1000;

    /** @param path where it is; what stands there is certain */
    record Source(String name, Path path) {}

    record Patch(int file, long offset, byte[] bytes) {}

    private final Path folder;
    private final List<Source> files;
    private final List<Patch> patches;
    private final List<String> markers;
    private final OpenFiles open;
    private boolean usesFolder;

    Image(Path folder, List<Source> files, List<Patch> patches, List<String> markers, OpenFiles open) {
        this.folder = folder;
        this.files = files;
        this.patches = patches;
        this.markers = markers;
        this.open = open;
    }

    boolean usesFolder() {
        return usesFolder;
    }

    @Override
    public List<String> files() {
        return files.stream().map(Source::name).sorted().toList();
    }

    @Override
    public Path folder() throws IOException {
        if (!usesFolder) {
            usesFolder = true;
            for (Patch patch : patches) {
                try (FileChannel channel =
                        FileChannel.open(files.get(patch.file()).path(), StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(patch.bytes());
                    long at = patch.offset();
                    while (bytes.hasRemaining()) {
                        at += channel.write(bytes, at);
                    }
                }
            }
        }
        return folder;
    }

    @Override
    public ByteBuffer map(String file) throws IOException {
        int index = find(file);
        FileChannel channel = open.channel(files.get(index).path());
        if (channel.size() > Integer.MAX_VALUE) {
            throw new IOException(file + " has " + channel.size() + " bytes, more than a buffer can have");
        }
        MappedByteBuffer buffer = open.map(channel);
        buffer.order(ByteOrder.BIG_ENDIAN);
        if (!usesFolder) {
            for (Patch patch : patches) {
                if (patch.file() == index) {
                    buffer.put((int) patch.offset(), patch.bytes());
                }
            }
        }
        return buffer;
    }

    private int find(String file) throws IOException {
        List<Integer> alike = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String name = files.get(i).name();
            if (name.equals(file)) {
                return i;
            }
            if (Path.of(name).getFileName().toString().equals(file)) {
                alike.add(i);
            }
        }
        if (alike.size() == 1) {
            return alike.get(0);
        }
        throw new NoSuchFileException(
                file, null, alike.isEmpty() ? "the image has " + files() : "several files have this name: " + files());
    }

    @Override
    public List<String> markers() {
        return List.copyOf(markers.subList(Math.max(0, markers.size() - MOST_MARKERS), markers.size()));
    }
}
