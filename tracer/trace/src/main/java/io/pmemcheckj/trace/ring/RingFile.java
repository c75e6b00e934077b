package io.pmemcheckj.trace.ring;

import static io.pmemcheckj.trace.layout.RingLayout.*;

import io.pmemcheckj.trace.live.FigureBoard;
import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The ring's file as the consumer sees it; see {@link io.pmemcheckj.trace.layout.RingLayout}. */
final class RingFile implements Closeable {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final byte[] ZEROS = new byte[CHUNK_BYTES];

    private final FileChannel channel;
    private final MappedByteBuffer memory;
    private final LongBuffer longs;

    private RingFile(FileChannel channel) throws IOException {
        this.channel = channel;
        memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
        memory.order(ByteOrder.nativeOrder());
        longs = memory.asLongBuffer();
    }

    static RingFile create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            ByteBuffer head = ByteBuffer.allocate(CHUNKS).order(ByteOrder.nativeOrder());
            head.putLong(MAGIC_OFFSET, MAGIC);
            head.putInt(CHUNK_BYTES_OFFSET, CHUNK_BYTES);
            head.putInt(MAX_CHUNKS_OFFSET, MAX_CHUNKS);
            writeFully(channel, head, 0);
            return new RingFile(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static RingFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ByteBuffer head = ByteBuffer.allocate(CHUNKS).order(ByteOrder.nativeOrder());
            while (head.hasRemaining() && channel.read(head) >= 0) {}
            if (head.hasRemaining()
                    || head.getLong(MAGIC_OFFSET) != MAGIC
                    || head.getInt(CHUNK_BYTES_OFFSET) != CHUNK_BYTES
                    || head.getInt(MAX_CHUNKS_OFFSET) != MAX_CHUNKS) {
                throw new IOException(file + " is not a ring of this version of pmemcheck-j");
            }
            return new RingFile(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Puts disk or memory behind the first {@code chunks} chunks and lets recorders use them. */
    void commit(int chunks) throws IOException {
        for (int chunk = committed(); chunk < chunks; chunk++) {
            writeFully(channel, ByteBuffer.wrap(ZEROS), offset(chunk));
        }
        INT.setRelease(memory, COMMITTED, chunks);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    FigureBoard board() {
        return new FigureBoard(memory);
    }

    int committed() {
        return (int) INT.getAcquire(memory, COMMITTED);
    }

    int agentState() {
        return (int) INT.getAcquire(memory, AGENT_STATE);
    }

    long programPid() {
        return (long) LONG.getAcquire(memory, PROGRAM_PID);
    }

    String message() {
        byte[] text = new byte[Math.min(memory.getInt(MESSAGE), MESSAGE_MAX)];
        memory.get(MESSAGE + Integer.BYTES, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    long stamp() {
        return (long) LONG.getVolatile(memory, STAMP);
    }

    long starved() {
        return (long) LONG.getAcquire(memory, STARVED);
    }

    /** Lets recorders know that everything up to this stamp has been delivered. */
    void setDelivered(long stamp) {
        LONG.setRelease(memory, DELIVERED, stamp);
    }

    /**
     * Leaves an answer for a thread.
     *
     * @return false when the thread does not wait for one
     */
    boolean answer(int thread, String text) {
        for (int i = 0; i < ANSWERS; i++) {
            int at = FIRST_ANSWER + ANSWER_BYTES * i;
            if ((int) INT.getAcquire(memory, at) == ANSWER_AWAITED && memory.getInt(at + ANSWER_THREAD) == thread) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                int length = Math.min(bytes.length, ANSWER_MAX);
                memory.put(at + ANSWER_TEXT, bytes, 0, length);
                memory.putInt(at + ANSWER_LENGTH, length);
                return INT.compareAndSet(memory, at, ANSWER_AWAITED, ANSWER_GIVEN);
            }
        }
        return false;
    }

    /** Why the traced process gave up recording, or null. */
    String lost() {
        return switch ((int) INT.getAcquire(memory, LOST)) {
            case 0 -> null;
            case LOST_CONSUMER -> "the traced program stopped recording because nobody took its events";
            case LOST_THREADS -> "the traced program stopped recording because too many threads store at one time";
            default -> "the traced program stopped recording because an event could not be recorded";
        };
    }

    void setConsumer(long pid) {
        LONG.setRelease(memory, CONSUMER_PID, pid);
    }

    long state(int chunk) {
        return (long) LONG.getAcquire(memory, STATES + Long.BYTES * chunk);
    }

    static int offset(int chunk) {
        return CHUNKS + CHUNK_BYTES * chunk;
    }

    /** @param at a multiple of 8 */
    long acquire(int at) {
        return (long) LONG.getAcquire(memory, at);
    }

    long get(int at) {
        return memory.getLong(at);
    }

    /** @param at a multiple of 8 */
    void copy(int at, long[] words, int from, int count) {
        if (count <= 3) { // a bulk copy takes longer to start than to do
            for (int i = 0; i < count; i++) {
                words[from + i] = memory.getLong(at + Long.BYTES * i);
            }
        } else {
            longs.get(at / Long.BYTES, words, from, count);
        }
    }

    /** Gives a chunk back. */
    void free(int chunk) {
        LONG.setRelease(memory, STATES + Long.BYTES * chunk, 0L);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
