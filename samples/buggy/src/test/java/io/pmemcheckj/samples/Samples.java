package io.pmemcheckj.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sources of the samples. */
final class Samples {
    /**
     * One program.
     *
     * @param name as on the command line, for example {@code unflushed-store}
     * @param variant {@code Buggy} or {@code Fixed}
     * @param since first JDK that it runs on
     */
    record Sample(String name, String variant, int since, Path source) {
        String className() {
            return "io.pmemcheckj.samples." + name.replace('-', '_') + "." + variant;
        }

        boolean buggy() {
            return variant.equals("Buggy");
        }

        Expectations expectations() throws IOException {
            return Expectations.of(source);
        }

        @Override
        public String toString() {
            return name + " " + variant;
        }
    }

    static final Path JAVA22 = Checker.BASEDIR.resolve("src/main/java22");
    private static final Path JAVA17 = Checker.BASEDIR.resolve("src/main/java");

    private Samples() {}

    /** All of them; {@code -Dsamples.only=NAME,NAME} picks some. */
    static List<Sample> all() throws IOException {
        String only = System.getProperty("samples.only", "");
        List<String> names = List.of(only.split(","));
        return Stream.concat(below(JAVA17, 17), below(JAVA22, 22))
                .filter(sample -> only.isEmpty() || names.contains(sample.name()))
                .toList();
    }

    private static Stream<Sample> below(Path root, int since) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files
                    .filter(file -> file.endsWith("Buggy.java") || file.endsWith("Fixed.java"))
                    .sorted()
                    .map(file -> new Sample(
                            file.getParent().getFileName().toString().replace('_', '-'),
                            file.getFileName().toString().replace(".java", ""),
                            since,
                            file))
                    .toList()
                    .stream();
        }
    }
}
