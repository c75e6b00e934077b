package io.pmemcheckj.crash;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * A file that holds which states were judged and found consistent, so that an exploration can go on where another stopped.
 * What was refused is not in it: that is judged again, for the report.
 */
public final class Journal implements Closeable {
    private static final long MAGIC = 0x706d636a63726173L;

    private final Path file;
    private final DataOutputStream out;

    private Journal(Path file, DataOutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Opens the journal of an exploration.
     *
     * @param identity of the trace, the check and the options: a journal of another identity is begun anew
     * @param resume whether to go on with what is there
     * @param consistent told of each state that need not be judged again
     */
    public static Journal open(Path file, long identity, boolean resume, LongConsumer consistent) throws IOException {
        if (resume && read(file, identity, consistent)) {
            return new Journal(file, stream(file, StandardOpenOption.APPEND));
        }
        DataOutputStream out =
                stream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        out.writeLong(MAGIC);
        out.writeLong(identity);
        return new Journal(file, out);
    }

    private static DataOutputStream stream(Path file, StandardOpenOption... options) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file, options)));
    }

    private static boolean read(Path file, long identity, LongConsumer consistent) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readLong() != MAGIC || in.readLong() != identity) {
                return false;
            }
            while (true) {
                consistent.accept(in.readLong());
            }
        } catch (EOFException e) {
            return Files.size(file) >= 2 * Long.BYTES;
        }
    }

    void consistent(long key) throws IOException {
        out.writeLong(key);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** There is nothing to go on with. */
    public void delete() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
