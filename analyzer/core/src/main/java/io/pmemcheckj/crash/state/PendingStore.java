package io.pmemcheckj.crash.state;

/**
 * A store that a crash can lose.
 *
 * @param time its place in the order of the program's stores
 * @param thread number of the thread
 * @param site number of the place in the code
 * @param stack number of the stack it was made with, or 0
 * @param bytes what it stored; not to be changed
 */
public record PendingStore(CrashFile file, long time, int thread, int site, int stack, long offset, byte[] bytes) {

    public long end() {
        return offset + bytes.length;
    }
}
