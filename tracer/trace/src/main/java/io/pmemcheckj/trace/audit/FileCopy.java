package io.pmemcheckj.trace.audit;

import io.pmemcheckj.trace.Uninterruptibly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies a file so that it costs as little as the file system allows: blocks are shared where it can (reflink), holes
 * stay holes. Java has no call for either, so the system's {@code cp} does it; a small file is copied here, because a
 * process costs more than that, and the program waits meanwhile.
 */
final class FileCopy {
    /** Bytes up to which a file is small. */
    private static final long SMALL = 1 << 20;

    private FileCopy() {}

    /**
     * @param to file to create or replace
     * @throws IOException when there is no room or no {@code cp}
     */
    static void make(Path from, Path to) throws IOException {
        if (Files.size(from) <= SMALL) {
            copyHere(from, to);
        } else {
            copyByProcess(from, to);
        }
    }

    private static void copyHere(Path from, Path to) throws IOException {
        try (OutputStream target = Files.newOutputStream(to)) {
            Files.copy(from, target);
        }
    }

    private static void copyByProcess(Path from, Path to) throws IOException {
        Path message = Files.createTempFile(to.toAbsolutePath().getParent(), "pmemcheck-j-cp", ".txt");
        try {
            List<String> command =
                    List.of("cp", "-L", "--reflink=auto", "--sparse=always", "--", from.toString(), to.toString());
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("LC_ALL", "C");
            Process copy = builder.redirectErrorStream(true)
                    .redirectOutput(message.toFile())
                    .start();
            if (Uninterruptibly.waitFor(copy) != 0) {
                throw new IOException(
                        Files.readString(message).lines().findFirst().orElse("cp failed"));
            }
        } finally {
            Files.deleteIfExists(message);
        }
    }
}
