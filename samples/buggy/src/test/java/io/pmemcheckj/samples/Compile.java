package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles what the build does not: samples for newer JDKs, and the programs of the tests. */
final class Compile {
    private static final Path PROGRAMS = Checker.BASEDIR.resolve("src/test/programs");

    private Compile() {}

    /** Compiles every source below a folder with a JDK's own compiler. */
    static Path tree(Jdks.Jdk jdk, Path sources, Path output, int release, List<Path> classPath)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                jdk.javac().toString(),
                "--release",
                Integer.toString(release),
                "-g",
                "-d",
                output.toString(),
                "-cp",
                classPath(classPath)));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(command::add);
        }
        Run run = Run.of(output, command);
        assertEquals(0, run.exit(), run.describe());
        return output;
    }

    /** Compiles one test program, {@code src/test/programs/NAME}; jars in {@code it-libs/LIBS} are on its class path. */
    static List<Path> program(String name, int release, Path output, String... libs)
            throws IOException, InterruptedException {
        List<Path> classPath = new ArrayList<>();
        for (String lib : libs) {
            classPath.addAll(jars(Checker.LIBS.resolve(lib)));
        }
        classPath.add(Checker.SAMPLES_JAR.toAbsolutePath());
        Jdks.Jdk compiler = Jdks.all().stream()
                .filter(jdk -> jdk.version() >= release)
                .findFirst()
                .orElseThrow();
        classPath.add(0, tree(compiler, PROGRAMS.resolve(name), output, release, classPath));
        return classPath;
    }

    static String classPath(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jars in a folder. */
    static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
        }
    }
}
