package io.pmemcheckj.runtime;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;

/** A file of the kernel's about this process; read whatever a security manager lets the program do that is on the stack. */
@SuppressWarnings("removal")
final class ProcFile implements PrivilegedExceptionAction<String> {
    private final String path;
    private final boolean isLink;

    private ProcFile(String name, boolean isLink) {
        path = "/proc/self/" + name;
        this.isLink = isLink;
    }

    /** All of a file below {@code /proc/self}. */
    static String read(String name) throws IOException {
        return read(new ProcFile(name, false));
    }

    /** What a link below {@code /proc/self} says. */
    static String readLink(String name) throws IOException {
        return read(new ProcFile(name, true));
    }

    private static String read(ProcFile file) throws IOException {
        try {
            return AccessController.doPrivileged(file);
        } catch (PrivilegedActionException e) {
            throw (IOException) e.getException();
        }
    }

    @Override
    public String run() throws IOException {
        if (isLink) {
            return Files.readSymbolicLink(FileNames.path(path)).toString();
        }
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
