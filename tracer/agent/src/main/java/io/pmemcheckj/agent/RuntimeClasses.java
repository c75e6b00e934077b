package io.pmemcheckj.agent;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the runtime's class files out of the agent's jar. It opens the jar itself: the way over the class loader's URLs
 * loads a score of classes and leaves the jar open.
 */
final class RuntimeClasses implements Closeable {
    private final ZipFile jar; // null in a build, where the classes are in a folder
    private final File folder;

    RuntimeClasses(File place) throws IOException {
        folder = place;
        jar = place.isDirectory() ? null : new ZipFile(place);
    }

    /**
     * Reads a class file.
     *
     * @param name internal name
     * @throws IOException when it is not there or cannot be read
     */
    byte[] read(String name) throws IOException {
        try (InputStream in = open(name + ".class")) {
            return in.readAllBytes();
        }
    }

    private InputStream open(String path) throws IOException {
        if (jar == null) {
            return new FileInputStream(new File(folder, path));
        }
        ZipEntry entry = jar.getEntry(path);
        if (entry == null) {
            throw new IOException(path + " is missing from the agent's jar");
        }
        return jar.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        if (jar != null) {
            jar.close();
        }
    }
}
