package io.pmemcheckj.crash.check;

import io.pmemcheckj.crash.engine.ReadLog;
import io.pmemcheckj.crash.state.Windows;
import io.pmemcheckj.trace.IgnoringVisitor;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The tracer in the process of a check: it tells what the check reads of the image, and lets the check map the image as
 * persistent memory where there is none.
 */
final class TracedReads implements Closeable {
    private static final long PAUSE_MILLIS = 2;

    private final Path file;
    private final RingConsumer ring;
    private final Visitor visitor = new Visitor();
    private final Thread pump;
    private volatile boolean closed;

    /** @param file where the ring is to be */
    TracedReads(Path file) throws IOException {
        this.file = file;
        Files.deleteIfExists(file);
        ring = RingConsumer.create(file);
        pump = new Thread(this::pump, "pmemcheck-j reads of the check");
        pump.setDaemon(true);
        pump.start();
    }

    /**
     * The option for the JVM.
     *
     * @param folder of the image
     * @param reads whether it is to tell what it reads there
     * @param pmem whether files there can be mapped as persistent memory
     */
    String agentOption(Path jar, Path folder, boolean reads, boolean pmem) {
        return "-javaagent:" + jar + "=ring=" + file + ",stacks=site,expectations=report"
                + (reads ? ",loads,load-files=" + folder : "")
                + (pmem ? ",emulate-pmem=" + folder : "");
    }

    /** A full ring would make the check wait. */
    private void pump() {
        while (!closed) {
            try {
                if (drain() == 0) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized int drain() {
        return closed ? 0 : ring.drain(visitor);
    }

    /** From now on what is read counts. @param inodes numbers of the files by their inodes */
    synchronized void begin(Map<Long, Integer> inodes) {
        catchUp();
        visitor.begin(inodes);
    }

    /** What was read since the beginning; null if that cannot be told. */
    synchronized ReadLog end() {
        catchUp();
        return ring.ready() ? visitor.log() : null;
    }

    private void catchUp() {
        for (int quiet = 0; quiet < 2; ) {
            quiet = drain() == 0 ? quiet + 1 : 0;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        pump.interrupt();
        try {
            ring.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A leftover in a temporary folder.
        }
    }

    private static final class Visitor extends IgnoringVisitor {
        private final Windows<Long> windows = new Windows<>(); // by inode
        private Map<Long, Integer> fileNumbers = Map.of();
        private ReadLog log = new ReadLog();
        /** Whether something may have been read that is not told of. */
        private boolean blind;

        void begin(Map<Long, Integer> inodes) {
            fileNumbers = inodes;
            log = new ReadLog();
        }

        /** What was read since the beginning, or null. */
        ReadLog log() {
            return blind ? null : log;
        }

        @Override
        public void map(
                int thread,
                int site,
                long address,
                long length,
                long device,
                long inode,
                long fileOffset,
                int flags,
                String path) {
            windows.add(address, address + length, inode, fileOffset);
            blind |= (flags & (MapFlags.LIBRARY | MapFlags.NATIVE)) != 0; // native code reads as it likes
        }

        @Override
        public void unmap(int thread, int site, long address, long length) {
            windows.remove(address, address + length);
        }

        @Override
        public void load(int thread, int site, long address, long size, int count) {
            windows.forEach(address, size * count, this::read);
        }

        @Override
        public void fileLoad(int thread, int site, long device, long inode, long offset, long length) {
            read(inode, offset, offset + length);
        }

        private void read(long inode, long from, long to) {
            Integer number = fileNumbers.get(inode);
            if (number != null) {
                log.add(number, from, to);
            }
        }

        @Override
        public void gap(String reason) {
            blind = true;
        }
    }
}
