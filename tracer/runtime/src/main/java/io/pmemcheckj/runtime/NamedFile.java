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
    private final boolean follow;

    String path;
    FileIdentity file;
    /** In bytes. */
    long length;
    /** Inode of the folder that the name is in. */
    long directory;

    private NamedFile(Path name, boolean follow) {
        this.name = name;
        this.follow = follow;
    }

    /** @return null for what is not, or no more, a regular file */
    static NamedFile look(Path name) {
        return look(name, false);
    }

    /** The same of what a link leads to. */
    static NamedFile follow(Path name) {
        return look(name, true);
    }

    private static NamedFile look(Path name, boolean follow) {
        try {
            return AccessController.doPrivileged(new NamedFile(name, follow));
        } catch (PrivilegedActionException | SecurityException e) {
            return null; // somebody else was quicker to remove it, or a security manager of a kind of its own says no
        }
    }

    @Override
    public NamedFile run() throws IOException {
        Path target = follow ? name.toRealPath() : name;
        BasicFileAttributes found = Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            return null;
        }
        Path absolute = target.toAbsolutePath();
        path = (Ring.VALUES ? withoutLinks(absolute) : absolute).toString();
        file = FileIdentity.of(found);
        length = found.size();
        directory = FileIdentity.of(Files.readAttributes(absolute.getParent(), BasicFileAttributes.class)).inode;
        return this;
    }

    /** The one way to write it: what else is told of the file by descriptors has that name, too. */
    private static Path withoutLinks(Path absolute) throws IOException {
        return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }
}
