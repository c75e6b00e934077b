package matrix;

import java.io.File;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import sun.misc.Unsafe;

/**
 * Runs every row in a region of its own of one mapped file, and says what it did and what became of the memory. The
 * arguments: the file to map, the file to write the outcome to, how often to execute a row, and the tables.
 */
public final class Matrix {
    static final int REGION = 4096;
    /** The file behind the last region, for what needs room of its own. */
    private static final int EXTRA = 65536;

    /** For tables that need more than a row gets, from when the first row runs. */
    private static Memory mapped;

    private final List<Row> rows;
    private final Memory memory;
    private final int times;
    private final List<String> outcome = new ArrayList<>();

    private Matrix(List<Row> rows, Memory memory, int times) {
        this.rows = rows;
        this.memory = memory;
        this.times = times;
    }

    public static void main(String[] args) throws Exception {
        Rows table = new Rows();
        for (int i = 3; i < args.length; i++) {
            Class.forName(args[i]).getMethod("add", Rows.class).invoke(null, table);
        }
        mapped = map(new File(args[0]), table.all.size());
        Matrix matrix = new Matrix(table.all, mapped, Integer.parseInt(args[2]));
        matrix.run(false);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> matrix.finish(args[1]), "late"));
    }

    private static Memory map(File file, int regions) throws Exception {
        byte[] content = new byte[regions * REGION + EXTRA];
        for (int i = 0; i < content.length; i++) {
            content[i] = Memory.pattern(i);
        }
        Files.write(file.toPath(), content);
        FileChannel channel = new RandomAccessFile(file, "rw").getChannel();
        MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, content.length);
        return new Memory(file, channel, buffer, address(buffer));
    }

    static Memory memory() {
        return mapped;
    }

    static long address(Buffer buffer) throws ReflectiveOperationException {
        Field field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Unsafe unsafe = (Unsafe) field.get(null);
        return unsafe.getLong(buffer, unsafe.objectFieldOffset(Buffer.class.getDeclaredField("address")));
    }

    private void finish(String file) {
        run(true);
        try (PrintStream out = new PrintStream(file)) {
            outcome.forEach(out::println);
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private void run(boolean late) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.late == late) {
                outcome.add(outcome(row, i * REGION));
            }
        }
    }

    private String outcome(Row row, int region) {
        String failure = "";
        int executions = Math.min(times, row.times);
        long bytes = 0;
        try {
            bytes = execute(row, region, executions);
        } catch (Throwable e) {
            failure = e.toString();
            e.printStackTrace();
        }
        return String.join(
                "\t",
                row.name,
                row.declared.getClassName(),
                row.place,
                row.threads,
                Integer.toString(Math.min(row.threadNames, executions)),
                Integer.toString(region),
                Integer.toString(row.times < Integer.MAX_VALUE ? 0 : executions),
                Long.toString(bytes),
                changes(region, region + REGION),
                failure);
    }

    /**
     * Executes a row: first in a place apart, where what it changes is compared with what it says, then over and over
     * from place to place behind a gap, which shows a store that is reported at a neighbour.
     *
     * @return bytes stored
     */
    private long execute(Row row, int region, int executions) throws Throwable {
        int places = REGION / row.stride - 2;
        memory.moveTo(region);
        row.code.run(memory);
        int changed = 0;
        for (int i = region; i < region + REGION; i++) {
            changed += isChanged(i) ? 1 : 0;
        }
        if (changed != row.bytes) {
            throw new IllegalStateException(changed + " bytes changed, not " + row.bytes);
        }
        for (int i = 1; i < executions; i++) {
            memory.moveTo(region + (2 + (i - 1) % places) * row.stride);
            row.code.run(memory);
        }
        return (long) row.bytes * executions;
    }

    private boolean isChanged(int offset) {
        return memory.buffer.get(offset) != Memory.pattern(offset);
    }

    /** Ranges of bytes that differ from what was there, {@code from-to} in offsets from the start of the region. */
    private String changes(int from, int to) {
        StringBuilder ranges = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (isChanged(i)) {
                int start = i;
                while (i < to && isChanged(i)) {
                    i++;
                }
                ranges.append(ranges.length() == 0 ? "" : ",").append(start - from).append('-').append(i - from);
            }
        }
        return ranges.toString();
    }
}
