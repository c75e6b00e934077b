package matrix;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What the kernel puts into a buffer of the caller. */
public final class Channels {
    private static final int TIMES = 300;

    private Channels() {}

    public static void add(Rows t) throws Exception {
        files(t);
        sockets(t);
        pipes(t);
        datagrams(t);
        asynchronous(t);
    }

    private static ByteBuffer to(Memory m, int length) {
        return m.buffer.slice(m.at, length);
    }

    private static ByteBuffer[] two(Memory m) {
        return new ByteBuffer[] {m.buffer.slice(m.at, 8), ByteBuffer.allocate(8), m.buffer.slice(m.at + 16, 8)};
    }

    private static ByteBuffer data(int length) {
        return ByteBuffer.wrap(Memory.bytes(length));
    }

    private static void files(Rows t) throws IOException {
        Path file = Files.write(Files.createTempFile("matrix", ".in"), Memory.bytes(200));
        file.toFile().deleteOnExit();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        t.row("FileChannel.read(ByteBuffer)", 64, m -> channel.position(0).read(to(m, 64))).times(TIMES);
        t.row("FileChannel.read(ByteBuffer), at the end", 20, m -> channel.position(180).read(to(m, 64))).stride(64).times(TIMES);
        t.row("FileChannel.read(ByteBuffer), behind the end", 0, m -> channel.position(200).read(to(m, 64))).times(TIMES);
        t.row("FileChannel.read(ByteBuffer,long)", 64, m -> channel.read(to(m, 64), 100)).times(TIMES);
        t.row("FileChannel.read(ByteBuffer[])", 16, m -> channel.position(0).read(two(m))).stride(24).times(TIMES);
        t.row("FileChannel.read(ByteBuffer[]), at the end", 12, m -> channel.position(180).read(two(m))).stride(24).times(TIMES);
        t.row("FileChannel.read(ByteBuffer[],int,int)", 8, m -> channel.position(0).read(two(m), 1, 2)).stride(32).times(TIMES);
        t.row("ReadableByteChannel.read", 64, m -> ((ReadableByteChannel) channel.position(0)).read(to(m, 64))).times(TIMES);
        t.row("Files.newByteChannel", 64, m -> { try (ReadableByteChannel in = Files.newByteChannel(file)) { in.read(to(m, 64)); } }).times(TIMES);
        t.row("Channels.newChannel(InputStream)", 64, m -> java.nio.channels.Channels.newChannel(new ByteArrayInputStream(Memory.bytes(64))).read(to(m, 64))).times(TIMES);
        t.row("FileChannel.transferTo a channel of the program", 64, m -> channel.transferTo(0, 64, new Into(to(m, 64)))).times(TIMES).storedAt("Into");
    }

    /** A channel that writes into a buffer. */
    private record Into(ByteBuffer target) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int length = source.remaining();
            target.put(source); // STORE:Into
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static void sockets(Rows t) throws IOException {
        SocketChannel[] inet = pair(ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        t.row("SocketChannel.read(ByteBuffer)", 64, m -> { inet[0].write(data(64)); inet[1].read(to(m, 64)); }).times(TIMES);
        t.row("SocketChannel.read(ByteBuffer[])", 16, m -> { inet[0].write(data(24)); inet[1].read(two(m)); }).stride(24).times(TIMES);
        t.row("Socket.getInputStream, into an array, then put", 64, m -> { inet[0].write(data(64)); to(m, 64).put(inet[1].socket().getInputStream().readNBytes(64)); }).times(TIMES);
        Path name = Files.createTempDirectory("matrix").resolve("socket");
        SocketChannel[] unix = pair(ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(name)));
        Files.delete(name);
        Files.delete(name.getParent());
        t.row("SocketChannel.read(ByteBuffer), of Unix", 64, m -> { unix[0].write(data(64)); unix[1].read(to(m, 64)); }).times(TIMES);
        t.row("SocketChannel.read(ByteBuffer[]), of Unix", 16, m -> { unix[0].write(data(24)); unix[1].read(two(m)); }).stride(24).times(TIMES);
    }

    private static SocketChannel[] pair(ServerSocketChannel server) throws IOException {
        try (server) {
            SocketChannel client = SocketChannel.open(server.getLocalAddress());
            return new SocketChannel[] {client, server.accept()};
        }
    }

    private static void pipes(Rows t) throws IOException {
        Pipe pipe = Pipe.open();
        t.row("Pipe.SourceChannel.read(ByteBuffer)", 64, m -> { pipe.sink().write(data(64)); pipe.source().read(to(m, 64)); }).times(TIMES);
        t.row("Pipe.SourceChannel.read(ByteBuffer[])", 16, m -> { pipe.sink().write(data(24)); pipe.source().read(two(m)); }).stride(24).times(TIMES);
    }

    private static void datagrams(Rows t) throws IOException {
        DatagramChannel receiver = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DatagramChannel sender = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        sender.connect(receiver.getLocalAddress());
        t.row("DatagramChannel.receive", 64, m -> { sender.write(data(64)); receiver.receive(to(m, 64)); }).times(TIMES);
        t.row("DatagramChannel.receive, too long", 16, m -> { sender.write(data(64)); receiver.receive(to(m, 16)); }).times(TIMES);
        t.row("DatagramChannel.receive, short", 5, m -> { sender.write(data(5)); receiver.receive(to(m, 16)); }).stride(16).times(TIMES);
        DatagramChannel connected = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DatagramChannel peer = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        connected.connect(peer.getLocalAddress());
        peer.connect(connected.getLocalAddress());
        t.row("DatagramChannel.receive, connected", 64, m -> { peer.write(data(64)); connected.receive(to(m, 64)); }).times(TIMES);
        t.row("DatagramChannel.read(ByteBuffer)", 64, m -> { peer.write(data(64)); connected.read(to(m, 64)); }).times(TIMES);
        t.row("DatagramChannel.read(ByteBuffer[])", 16, m -> { peer.write(data(24)); connected.read(two(m)); }).stride(24).times(TIMES);
    }

    /** What a thread of the channel's group stores, nobody outside the JDK does: the place is not known. */
    private static void asynchronous(Rows t) throws Exception {
        Path file = Files.write(Files.createTempFile("matrix", ".in"), Memory.bytes(200));
        file.toFile().deleteOnExit();
        AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, StandardOpenOption.READ);
        t.row("AsynchronousFileChannel.read, future", 64, m -> channel.read(to(m, 64), 0).get()).times(TIMES).byThreads("(Innocuous)?Thread-\\d+").storedAtUnmarked("-");
        t.row("AsynchronousFileChannel.read, handler", 64, m -> { Done<Integer> done = new Done<>(); channel.read(to(m, 64), 0, null, done); done.latch.await(); }).times(TIMES).byThreads("(Innocuous)?Thread-\\d+").storedAtUnmarked("-");
        AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        AsynchronousSocketChannel client = AsynchronousSocketChannel.open();
        Future<AsynchronousSocketChannel> accepted = server.accept();
        client.connect(server.getLocalAddress()).get();
        AsynchronousSocketChannel other = accepted.get();
        server.close();
        t.row("AsynchronousSocketChannel.read, data is there", 64, m -> { client.write(data(64)).get(); Thread.sleep(1); other.read(to(m, 64)).get(); }).times(20).byThreads("main|(Innocuous)?Thread-\\d+");
        t.row("AsynchronousSocketChannel.read, data comes later", 64, m -> { Future<Integer> read = other.read(to(m, 64)); client.write(data(64)).get(); read.get(); }).times(20).byThreads("main|(Innocuous)?Thread-\\d+").storedAtUnmarked("-");
        t.row("AsynchronousSocketChannel.read, scattering", 16, m -> { Done<Long> done = new Done<>(); ByteBuffer[] two = two(m); other.read(two, 0, 3, 1, TimeUnit.MINUTES, null, done); client.write(data(24)).get(); done.latch.await(); }).stride(24).times(20).byThreads("main|(Innocuous)?Thread-\\d+").storedAtUnmarked("-");
    }

    private static final class Done<V> implements CompletionHandler<V, Object> {
        final CountDownLatch latch = new CountDownLatch(1);

        @Override
        public void completed(V result, Object attachment) {
            latch.countDown();
        }

        @Override
        public void failed(Throwable cause, Object attachment) {
            cause.printStackTrace();
            latch.countDown();
        }
    }
}
