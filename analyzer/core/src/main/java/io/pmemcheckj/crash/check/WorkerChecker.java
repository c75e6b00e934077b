package io.pmemcheckj.crash.check;

import io.pmemcheckj.crash.engine.ReadLog;
import io.pmemcheckj.crash.state.CrashFile;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.crash.worker.Wire;
import io.pmemcheckj.crash.worker.Worker;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets a class of the user judge states in a process of its own. What it does to that process, be it hanging, ending or
 * crashing it, is the verdict on one state; the next is judged by another.
 */
public final class WorkerChecker implements Checker {
    private static final long START_SECONDS = 60;

    /**
     * How to start the process.
     *
     * @param java the executable
     * @param classPath of the check
     * @param ownJar where the worker's class is
     * @param checkClass name of the class that judges
     * @param readsTraced whether to see what it reads
     * @param pmemEmulated whether the check can map the image as persistent memory, as the program could
     */
    public record Launch(
            Path java, String classPath, Path ownJar, String checkClass, boolean readsTraced, boolean pmemEmulated) {}

    private final Launch launch;
    private final ImageFolder folder;
    private final CheckLimits limits;
    private final Path socket;

    /** Written by the exploring thread, read by the one that watches. */
    private volatile boolean busy;

    private volatile long busySince;
    /** Written by the one that watches. */
    private volatile boolean ranLate;

    private Guarded guarded;
    private TracedReads tracedReads;
    private ReadLog reads;
    private ServerSocketChannel server;
    private SocketChannel channel;
    private DataInputStream in;
    private DataOutputStream out;
    private Sent sent;

    /** What the process knows. */
    private static final class Sent {
        FileReplay replay;
        int markers;
        List<CrashFile> files;
        List<String> names;
    }

    /** @param scratch an existing folder for a socket and what the process leaves behind */
    public WorkerChecker(Launch launch, ImageFolder folder, Path scratch, CheckLimits limits) {
        this.launch = launch;
        this.folder = folder;
        this.limits = limits;
        socket = scratch.resolve("worker.socket");
    }

    @Override
    public Verdict check(FileReplay replay, State state) throws IOException, CheckerException {
        folder.bringTo(replay);
        if (guarded == null) {
            start();
        }
        if (launch.readsTraced()) {
            tracedReads.begin(folder.inodes());
        }
        boolean changed = true;
        busySince = System.nanoTime();
        busy = true;
        try {
            send(replay, state);
            int kind = in.readByte();
            String words = Wire.readText(in);
            String output = Wire.readText(in);
            changed = in.readByte() == 1;
            boolean worn = in.readByte() == 1;
            busy = false;
            reads = launch.readsTraced() ? tracedReads.end() : null;
            if (worn) {
                stop();
            }
            return kind == Wire.CONSISTENT ? Verdict.CONSISTENT : Verdict.inconsistent(words, output);
        } catch (IOException e) {
            busy = false;
            reads = null;
            return ended();
        } finally {
            if (changed) {
                folder.restore();
            }
        }
    }

    /** Ends the process if it does not answer in time, or grows too big. */
    private void watch(Guarded watched) {
        while (watched.process().isAlive()) {
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                return;
            }
            boolean late = busy && System.nanoTime() - busySince > limits.nanos();
            if (late || watched.isTooBig(limits.memory())) {
                ranLate = late;
                watched.process().destroyForcibly();
                return;
            }
        }
    }

    /** The process has hung up in the middle of a check. */
    private Verdict ended() {
        Guarded gone = guarded;
        boolean byItself = gone.await(TimeUnit.SECONDS.toNanos(2), Long.MAX_VALUE);
        stop();
        int exit = byItself ? gone.process().exitValue() : -1;
        if (gone.wasTooBig()) {
            return Verdict.tooBig(limits.memory(), gone.output());
        }
        if (exit == 0) {
            return Verdict.CONSISTENT; // it called System.exit(0)
        }
        return ranLate
                ? Verdict.late(limits.seconds(), gone.output())
                : exit > CommandChecker.SIGNAL
                        ? Verdict.killed(exit - CommandChecker.SIGNAL, gone.output())
                        : Verdict.inconsistent("the check ended its JVM with exit code " + exit, gone.output());
    }

    private void start() throws IOException, CheckerException {
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        List<String> command = new ArrayList<>(List.of(
                launch.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + socket.resolveSibling("hs_err.log")));
        if (launch.readsTraced() || launch.pmemEmulated()) {
            tracedReads = new TracedReads(socket.resolveSibling("worker.ring"));
            command.add(tracedReads.agentOption(
                    launch.ownJar(), folder.path(), launch.readsTraced(), launch.pmemEmulated()));
        }
        String classPath = launch.classPath().isEmpty() ? "" : launch.classPath() + File.pathSeparator;
        command.addAll(List.of(
                "-cp",
                classPath + launch.ownJar(),
                Worker.class.getName(),
                socket.toString(),
                folder.path().toString(),
                launch.checkClass()));
        guarded = Guarded.start(new ProcessBuilder(command));
        ranLate = false;
        Guarded watched = guarded;
        Thread watch = new Thread(() -> watch(watched), "pmemcheck-j watch");
        watch.setDaemon(true);
        watch.start();
        connect();
        sent = new Sent();
    }

    private void connect() throws IOException, CheckerException {
        server.configureBlocking(false);
        long start = System.nanoTime();
        while ((channel = server.accept()) == null) {
            if (guarded.await(TimeUnit.MILLISECONDS.toNanos(5), Long.MAX_VALUE)
                    || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
                guarded.end();
                throw new CheckerException("--check-class: the JVM for it does not start: "
                        + guarded.output().lines().findFirst().orElse("it says nothing"));
            }
        }
        channel.configureBlocking(true);
        in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        if (in.readByte() == Wire.UNUSABLE) {
            throw new CheckerException("--check-class: " + Wire.readText(in));
        }
    }

    private void send(FileReplay replay, State state) throws IOException {
        out.writeByte(0);
        int markers = state.point().markers();
        int kept = replay == sent.replay ? Math.min(sent.markers, markers) : 0;
        out.writeInt(kept);
        out.writeInt(markers - kept);
        for (String marker : replay.markers().subList(kept, markers)) {
            Wire.writeText(out, marker);
        }
        sent.markers = markers;
        sent.replay = replay;
        sendFiles(replay.present());
        List<State.Patch> patches = state.patches();
        out.writeInt(patches.size());
        for (State.Patch patch : patches) {
            long room = patch.file().content().length() - patch.offset();
            int length = (int) Math.max(0, Math.min(patch.bytes().length, room));
            out.writeInt(sent.files.indexOf(patch.file()));
            out.writeLong(patch.offset());
            out.writeInt(length);
            out.write(patch.bytes(), 0, length);
        }
        out.flush();
    }

    private void sendFiles(List<CrashFile> files) throws IOException {
        List<String> names = files.stream().map(folder::name).toList();
        if (files.equals(sent.files) && names.equals(sent.names)) {
            out.writeInt(-1);
            return;
        }
        out.writeInt(files.size());
        for (String name : names) {
            Wire.writeText(out, name);
            Wire.writeText(out, folder.path().resolve(name).toString());
        }
        sent.files = files;
        sent.names = names;
    }

    private void stop() {
        guarded.end();
        guarded = null;
        if (tracedReads != null) {
            tracedReads.close();
            tracedReads = null;
        }
        try {
            channel.close();
            server.close();
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.resolveSibling("hs_err.log"));
        } catch (IOException e) {
            // A leftover in a temporary folder.
        }
    }

    @Override
    public ReadLog reads() {
        return reads;
    }

    @Override
    public String reproduce(String image) {
        return null;
    }

    @Override
    public void close() {
        if (guarded != null) {
            stop();
        }
        try {
            folder.close();
        } catch (IOException e) {
            // A leftover in a temporary folder.
        }
    }
}
