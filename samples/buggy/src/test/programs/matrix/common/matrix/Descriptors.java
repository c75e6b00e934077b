package matrix;

import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes to the mapped file through a descriptor of it. */
public final class Descriptors {
    private static final int TIMES = 300;
    private static FileChannel channel;
    private static RandomAccessFile file;
    private static AsynchronousFileChannel asynchronous;

    private Descriptors() {}

    private static FileChannel channel(Memory m) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(m.file.toPath(), StandardOpenOption.WRITE, StandardOpenOption.READ);
        }
        return channel;
    }

    private static RandomAccessFile file(Memory m) throws IOException {
        if (file == null) {
            file = new RandomAccessFile(m.file, "rw");
        }
        file.seek(m.at);
        return file;
    }

    private static AsynchronousFileChannel asynchronous(Memory m) throws IOException {
        if (asynchronous == null) {
            asynchronous = AsynchronousFileChannel.open(m.file.toPath(), StandardOpenOption.WRITE);
        }
        return asynchronous;
    }

    private static ByteBuffer data(int length) {
        return ByteBuffer.wrap(Memory.bytes(length));
    }

    public static void add(Rows t) throws IOException {
        channels(t);
        streams(t);
    }

    private static void channels(Rows t) throws IOException {
        Path other = Files.write(Files.createTempFile("matrix", ".in"), Memory.bytes(200));
        other.toFile().deleteOnExit();
        FileChannel source = FileChannel.open(other, StandardOpenOption.READ);
        t.row("FileChannel.write(ByteBuffer)", 64, m -> channel(m).position(m.at).write(data(64))).times(TIMES);
        t.row("FileChannel.write(ByteBuffer,long)", 64, m -> channel(m).write(data(64), m.at)).times(TIMES);
        t.row("FileChannel.write(ByteBuffer[])", 48, m -> channel(m).position(m.at).write(new ByteBuffer[] {data(16), data(32)})).times(TIMES);
        t.row("FileChannel.write(ByteBuffer), the mapping's channel", 64, m -> m.channel.write(data(64), m.at)).times(TIMES);
        t.row("FileChannel.write(ByteBuffer), nothing", 0, m -> channel(m).write(data(0), m.at)).times(TIMES);
        t.row("FileChannel.transferFrom a file", 64, m -> channel(m).transferFrom(source.position(0), m.at, 64)).times(TIMES);
        t.row("FileChannel.transferFrom a stream", 64, m -> channel(m).transferFrom(java.nio.channels.Channels.newChannel(new ByteArrayInputStream(Memory.bytes(64))), m.at, 64)).times(TIMES);
        t.row("FileChannel.transferTo", 64, m -> source.transferTo(0, 64, channel(m).position(m.at))).times(TIMES);
        t.row("AsynchronousFileChannel.write", 64, m -> asynchronous(m).write(data(64), m.at).get()).times(TIMES).byThreads("(Innocuous)?Thread-\\d+").storedAtUnmarked("-");
    }

    private static void streams(Rows t) {
        byte[] bytes = Memory.bytes(64);
        t.row("RandomAccessFile.write(int)", 1, m -> file(m).write(m.byteValue)).times(TIMES);
        t.row("RandomAccessFile.write(byte[])", 64, m -> file(m).write(bytes)).times(TIMES);
        t.row("RandomAccessFile.write(byte[],int,int)", 8, m -> file(m).write(bytes, 3, 8)).times(TIMES);
        t.row("RandomAccessFile.writeLong", 8, m -> file(m).writeLong(m.longValue)).times(TIMES);
        t.row("RandomAccessFile.writeInt", 4, m -> file(m).writeInt(m.intValue)).times(TIMES);
        t.row("RandomAccessFile.writeUTF", 9, m -> file(m).writeUTF("\u0101\u0101\u0101a")).times(TIMES);
        t.row("RandomAccessFile.writeBytes", 7, m -> file(m).writeBytes("persist")).times(TIMES);
        t.row("RandomAccessFile.getChannel().write", 64, m -> file(m).getChannel().write(data(64))).times(TIMES);
        t.row("FileOutputStream(FileDescriptor).write(byte[])", 64, m -> new FileOutputStream(file(m).getFD()).write(bytes)).times(TIMES);
        t.row("FileOutputStream(FileDescriptor).write(int)", 1, m -> new FileOutputStream(file(m).getFD()).write(m.byteValue)).times(TIMES);
        t.row("DataOutputStream.writeLong", 8, m -> new DataOutputStream(new FileOutputStream(file(m).getFD())).writeLong(m.longValue)).times(TIMES);
        t.row("InputStream.transferTo", 64, m -> new ByteArrayInputStream(bytes).transferTo(new FileOutputStream(file(m).getFD()))).times(TIMES);
        t.row("read from the file", 0, m -> new FileInputStream(file(m).getFD()).read(new byte[8])).times(TIMES);
    }
}
