package io.pmemcheckj.junit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where this JVM has its classes from, as one class path; modules of the program become part of it. */
final class ClassPath {
    private ClassPath() {}

    static String ofThisJvm() {
        return of(System.getProperty("java.class.path", ""), System.getProperty("jdk.module.path", ""));
    }

    /** Absolute, as other JVMs may run elsewhere, and without the folders that builds name and do not make. */
    static String of(String classPath, String modulePath) {
        return Stream.of(classPath, modulePath)
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(Files::exists)
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
