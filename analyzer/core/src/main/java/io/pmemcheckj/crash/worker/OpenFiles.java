package io.pmemcheckj.crash.worker;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Files that stay open from one state to the next. */
final class OpenFiles {
    /** A mapping is undone when it is collected, and a process may have 65,530 of them. */
    private static final int MAPPINGS_PER_COLLECTION = 1000;

    private final Map<Path, FileChannel> channels = new HashMap<>();
    private int mappings;

    FileChannel channel(Path path) throws IOException {
        FileChannel channel = channels.get(path);
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channels.put(path, channel);
        }
        return channel;
    }

    MappedByteBuffer map(FileChannel channel) throws IOException {
        if (++mappings % MAPPINGS_PER_COLLECTION == 0) {
            System.gc();
        }
        return channel.map(MapMode.PRIVATE, 0, channel.size());
    }

    /** Files of these names may be others from now on. */
    void forget() throws IOException {
        for (FileChannel channel : channels.values()) {
            channel.close();
        }
        channels.clear();
    }
}
