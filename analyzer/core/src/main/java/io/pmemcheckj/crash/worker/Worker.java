package io.pmemcheckj.crash.worker;

import io.pmemcheckj.api.CrashCheck;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Main class of the process: judges one state after the other, until the explorer hangs up. */
public final class Worker {
    /** So many threads may be left behind by checks before the process is worn out. */
    private static final int THREADS = 16;

    private final CrashCheck check;
    private final Path folder;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final OpenFiles open = new OpenFiles();
    private final List<String> markers = new ArrayList<>();
    private final int threads = Thread.activeCount();
    private List<Image.Source> files = List.of();

    private Worker(CrashCheck check, Path folder, DataInputStream in, DataOutputStream out) {
        this.check = check;
        this.folder = folder;
        this.in = in;
        this.out = out;
    }

    /** @param args path of the explorer's socket, folder of the images, name of the class */
    public static void main(String[] args) throws IOException {
        // What is not for the check: a System.exit in it must not be able to run into our own.
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(args[0]));
        DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(Channels.newInputStream(channel)));
        DataOutputStream out =
                new DataOutputStream(new java.io.BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        CrashCheck check;
        try {
            check = create(args[2]);
        } catch (UnusableCheckException e) {
            out.writeByte(Wire.UNUSABLE);
            Wire.writeText(out, e.getMessage());
            out.flush();
            return;
        }
        out.writeByte(Wire.READY);
        out.flush();
        new Worker(check, Path.of(args[1]), in, out).run();
        Runtime.getRuntime().halt(0); // threads of the check may run on
    }

    private static CrashCheck create(String name) throws UnusableCheckException {
        try {
            Object made = Class.forName(name).getDeclaredConstructor().newInstance();
            if (made instanceof CrashCheck check) {
                return check;
            }
            throw new UnusableCheckException(name + " does not implement " + CrashCheck.class.getName());
        } catch (ClassNotFoundException e) {
            throw new UnusableCheckException("no class " + name + " on the class path");
        } catch (NoSuchMethodException e) {
            throw new UnusableCheckException(name + " has no constructor without parameters");
        } catch (InvocationTargetException e) {
            throw new UnusableCheckException("the constructor of " + name + " failed: " + e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnusableCheckException("cannot make a " + name + ": " + e);
        }
    }

    private static final class UnusableCheckException extends Exception {
        UnusableCheckException(String message) {
            super(message);
        }
    }

    private void run() throws IOException {
        while (true) {
            int kept = in.read() < 0 ? -1 : in.readInt();
            if (kept < 0) {
                return;
            }
            judge(receive(kept));
        }
    }

    private Image receive(int keptMarkers) throws IOException {
        markers.subList(keptMarkers, markers.size()).clear();
        for (int more = in.readInt(); more > 0; more--) {
            markers.add(Wire.readText(in));
        }
        int count = in.readInt();
        if (count >= 0) {
            open.forget();
            List<Image.Source> sources = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sources.add(new Image.Source(Wire.readText(in), Path.of(Wire.readText(in))));
            }
            files = sources;
        }
        List<Image.Patch> patches = new ArrayList<>();
        for (int more = in.readInt(); more > 0; more--) {
            patches.add(new Image.Patch(in.readInt(), in.readLong(), in.readNBytes(in.readInt())));
        }
        return new Image(folder, files, patches, markers, open);
    }

    private void judge(Image image) throws IOException {
        Captured output = new Captured();
        PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
        System.setOut(print);
        System.setErr(print);
        System.setIn(new ByteArrayInputStream(new byte[0]));
        Throwable thrown = null;
        try {
            check.check(image);
        } catch (Throwable e) {
            thrown = e;
        }
        Thread.interrupted();
        boolean worn = thrown instanceof VirtualMachineError || Thread.activeCount() > threads + THREADS;
        if (image.usesFolder()) {
            open.forget();
        }
        out.writeByte(thrown == null ? Wire.CONSISTENT : Wire.INCONSISTENT);
        Wire.writeText(out, thrown == null ? "" : words(thrown));
        Wire.writeText(out, output.text() + (thrown == null ? "" : stack(thrown)));
        out.writeByte(image.usesFolder() ? 1 : 0);
        out.writeByte(worn ? 1 : 0);
        out.flush();
    }

    private static String words(Throwable thrown) {
        try {
            return thrown.toString().lines().findFirst().orElse("");
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    private static String stack(Throwable thrown) {
        try {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return text.toString().lines().limit(40).reduce("", (all, line) -> all + line + "\n");
        } catch (Throwable e) {
            return "";
        }
    }
}
