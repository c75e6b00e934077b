package io.pmemcheckj.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;

/** What a name stands for at the moment; looked up whatever a security manager lets the program do that is on the stack. */
@SuppressWarnings("removal")
final class NamedFile implements PrivilegedExceptionAction<NamedFile> {
    private final Path name;

    String path;
    FileIdentity file;
    /** Inode of the folder that the name is in. */
    long directory;

    private NamedFile(Path name) {
        this.name = name;
    }

    /** @return null for what is not, or no more, a regular file */
    static NamedFile look(Path name) {
        try {
            return AccessController.doPrivileged(new NamedFile(name));
        } catch (PrivilegedActionException | SecurityException e) {
            return null; // somebody else was quicker to remove it, or a security manager of a kind of its own says no
        }
    }

    @Override
    public NamedFile run() throws IOException {
        BasicFileAttributes found = Files.readAttributes(name, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            return null;
        }
        Path absolute = name.toAbsolutePath();
        path = absolute.toString();
        file = FileIdentity.of(found);
        directory = FileIdentity.of(Files.readAttributes(absolute.getParent(), BasicFileAttributes.class)).inode;
        return this;
    }
}
