package io.pmemcheckj.junit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A jar that stands for a whole class path, with the check inside. Every finding names it in the command that repeats it, where
 * the class path of a project would take pages.
 */
final class CheckJar {
    private CheckJar() {}

    static void write(CrashTest.Check check, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest(ClassPath.ofThisJvm()))) {
            out.putNextEntry(new JarEntry(SerializedCheck.RESOURCE));
            out.write(Captured.bytes("check", check));
            out.closeEntry();
        }
    }

    static Manifest manifest(String classPath) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(classPath.split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toASCIIString())
                                .collect(Collectors.joining(" ")));
        return manifest;
    }
}
