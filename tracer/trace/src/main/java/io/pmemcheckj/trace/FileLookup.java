package io.pmemcheckj.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Finds files of the traced program by what the trace calls them: device and inode. */
public final class FileLookup {
    private FileLookup() {}

    /**
     * Where a file can be opened.
     *
     * @param path its path as the program knows it
     * @param program process that has it open, in case the path leads elsewhere by now
     * @throws IOException when it is at neither place
     */
    public static Path locate(long device, long inode, String path, long program) throws IOException {
        Path named = Path.of(path);
        if (isFile(named, device, inode)) {
            return named;
        }
        try (Stream<Path> open = Files.list(Path.of("/proc/" + program + "/fd"))) {
            return open.filter(link -> isFile(link, device, inode))
                    .findFirst()
                    .orElseThrow(() -> new IOException("it is not at its path any more"));
        }
    }

    /** Whether the path leads to this file. */
    public static boolean isFile(Path path, long device, long inode) {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino");
            return attributes.get("dev").equals(device) && attributes.get("ino").equals(inode);
        } catch (IOException e) {
            return false;
        }
    }
}
