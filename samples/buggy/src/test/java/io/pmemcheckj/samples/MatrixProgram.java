package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program of the matrix, compiled for one JDK: the tables that every JDK has, those that only this one has, and the
 * access modes of VarHandles, which are generated.
 *
 * @param tables names of the classes that hold rows
 * @param marks {@code STORE:name} to {@code File.java:line}
 */
record MatrixProgram(
        Jdks.Jdk jdk, List<String> options, List<String> main, List<String> tables, Map<String, String> marks) {
    private static final Path SOURCES = Checker.BASEDIR.resolve("src/test/programs/matrix").toAbsolutePath();
    private static final String MARK = "// STORE:";
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final int FIRST_WITH_FOREIGN_MEMORY = 22;

    /** Compiles the program with the JDK's own compiler, for that JDK alone. */
    static MatrixProgram compile(Jdks.Jdk jdk, Path folder) throws IOException, InterruptedException {
        int version = jdk.version();
        List<Path> parts = new ArrayList<>(List.of(SOURCES.resolve("common")));
        List<String> modules = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
        if (version == 17) {
            parts.add(SOURCES.resolve("java17"));
            modules = List.of("--add-modules", "jdk.incubator.vector,jdk.incubator.foreign");
        }
        if (version >= FIRST_WITH_VIRTUAL_THREADS) {
            parts.add(SOURCES.resolve("java21"));
        }
        if (version >= FIRST_WITH_FOREIGN_MEMORY) {
            parts.add(SOURCES.resolve("java22"));
        }
        parts.add(MatrixAccessModes.write(folder.resolve("generated"), version));
        List<String> options = new ArrayList<>(modules);
        options.addAll(List.of("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        Path classes = folder.resolve("classes");
        List<Path> sources = new ArrayList<>();
        for (Path part : parts) {
            sources.addAll(sources(part));
        }
        List<String> compile = new ArrayList<>(List.of(jdk.javac().toString(), "-nowarn", "-Xlint:-removal", "-g", "-d", classes.toString()));
        compile.addAll(options);
        sources.forEach(source -> compile.add(source.toString()));
        Run run = Run.of(folder, compile);
        assertEquals(0, run.exit(), run::describe);
        List<String> tables = new ArrayList<>();
        for (Path source : sources) {
            if (Files.readString(source).contains("public static void add(Rows ")) {
                tables.add("matrix." + source.getFileName().toString().replace(".java", ""));
            }
        }
        return new MatrixProgram(jdk, options, List.of("-cp", classes.toString(), "matrix.Matrix"), tables, marks(sources));
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> marks(List<Path> sources) throws IOException {
        Map<String, String> marks = new HashMap<>();
        for (Path source : sources) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                int mark = lines.get(i).indexOf(MARK);
                if (mark >= 0) {
                    marks.put(lines.get(i).substring(mark + 3).trim(), source.getFileName() + ":" + (i + 1));
                }
            }
        }
        return marks;
    }
}
