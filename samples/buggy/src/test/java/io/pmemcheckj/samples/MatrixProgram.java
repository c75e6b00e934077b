package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The program of the matrix, compiled for one JDK: the tables that every JDK has, those that only this one has, and the
 * access modes of VarHandles, which are generated.
 *
 * @param options for the JVM
 * @param classes folder of the class files
 * @param tables names of the classes that hold rows
 * @param marks {@code STORE:name} to {@code File.java:line}
 */
record MatrixProgram(Jdks.Jdk jdk, List<String> options, Path classes, List<String> tables, Map<String, String> marks) {
    static final String MAIN = "matrix.Matrix";

    private static final Path SOURCES =
            Checker.BASEDIR.resolve("src/test/programs/matrix").toAbsolutePath();
    private static final String TABLE = "public static void add(Rows ";
    private static final String MARK = "// STORE:";
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final int FIRST_WITH_FOREIGN_MEMORY = 22;
    private static final int FIRST_THAT_WARNS_OF_UNSAFE = 23;

    /** Compiles the program with the JDK's own compiler, for that JDK alone. */
    static MatrixProgram compile(Jdks.Jdk jdk, Path folder) throws IOException, InterruptedException {
        Path module = folder.resolve("module");
        javac(jdk, module, List.of(), sources(SOURCES.resolve("module")));
        List<String> options = new ArrayList<>(List.of(
                "--module-path",
                module.toString(),
                "--add-modules",
                "matrixmodule,jdk.incubator.vector" + (jdk.version() == 17 ? ",jdk.incubator.foreign" : ""),
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED"));
        List<Path> sources = new ArrayList<>();
        for (String part : parts(jdk.version())) {
            sources.addAll(sources(SOURCES.resolve(part)));
        }
        sources.addAll(sources(MatrixAccessModes.write(folder.resolve("generated"), jdk.version())));
        Path classes = folder.resolve("classes");
        javac(jdk, classes, options, sources);

        if (jdk.version() == 17 || jdk.version() >= FIRST_WITH_FOREIGN_MEMORY) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        if (jdk.version() >= FIRST_THAT_WARNS_OF_UNSAFE) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        options.add("-javaagent:" + agent(folder.resolve("early.jar")));
        sources.addAll(sources(SOURCES.resolve("module")));
        return new MatrixProgram(jdk, options, classes, tables(sources), marks(sources));
    }

    private static List<String> parts(int version) {
        List<String> parts = new ArrayList<>(List.of("common"));
        if (version == 17) {
            parts.add("java17");
        }
        if (version >= FIRST_WITH_VIRTUAL_THREADS) {
            parts.add("java21");
        }
        if (version >= FIRST_WITH_FOREIGN_MEMORY) {
            parts.add("java22");
        }
        return parts;
    }

    /** An agent that loads a table before the tracer is there. */
    private static Path agent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "matrix.Early");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }

    /** Not for an older release, because what is exported by an option is not known for one. */
    private static void javac(Jdks.Jdk jdk, Path output, List<String> options, Collection<Path> sources)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(jdk.javac().toString(), "-nowarn", "-Xlint:-removal", "-g", "-d", output.toString()));
        command.addAll(options);
        sources.forEach(source -> command.add(source.toString()));
        Run run = Run.of(output, command);
        assertEquals(0, run.exit(), run::describe);
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> tables(List<Path> sources) throws IOException {
        List<String> tables = new ArrayList<>();
        for (Path source : sources) {
            if (Files.readString(source).contains(TABLE)) {
                tables.add("matrix." + source.getFileName().toString().replace(".java", ""));
            }
        }
        return tables;
    }

    private static Map<String, String> marks(List<Path> sources) throws IOException {
        Map<String, String> marks = new HashMap<>();
        for (Path source : sources) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                int mark = lines.get(i).indexOf(MARK);
                if (mark >= 0) {
                    String name = lines.get(i).substring(mark + "// ".length()).strip();
                    if (marks.put(name, source.getFileName() + ":" + (i + 1)) != null) {
                        throw new AssertionError("two lines end in " + name);
                    }
                }
            }
        }
        return marks;
    }
}
