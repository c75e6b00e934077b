package io.pmemcheckj.runtime;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;

/** A file of the kernel's about this process; read whatever a security manager lets the program do that is on the stack. */
@SuppressWarnings("removal")
final class ProcFile implements PrivilegedExceptionAction<String> {
    private final String path;

    private ProcFile(String path) {
        this.path = path;
    }

    /** All of a file below {@code /proc/self}. */
    static String read(String name) throws IOException {
        try {
            return AccessController.doPrivileged(new ProcFile("/proc/self/" + name));
        } catch (PrivilegedActionException e) {
            throw (IOException) e.getException();
        }
    }

    @Override
    public String run() throws IOException {
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
